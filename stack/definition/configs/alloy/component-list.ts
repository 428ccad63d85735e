/**
 * Alloy's components, one a line: name, what it exports, and from which minor version of 1.x on it has which
 * stability (`gone`: removed). Known up to {@link LAST_KNOWN_MINOR}.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/
 */
export const COMPONENT_LIST = `
beyla.ebpf targets 0:preview 8:ga
database_observability.mysql targets 6:experimental 12:preview 15:ga
database_observability.postgres logs_receiver,targets 10:experimental 12:preview 15:ga
database_observability.sql_server targets 18:experimental
discovery.aws targets 18:ga
discovery.azure targets 0:ga
discovery.consul targets 0:ga
discovery.consulagent targets 0:ga
discovery.digitalocean targets 0:ga
discovery.dns targets 0:ga
discovery.docker targets 0:ga
discovery.dockerswarm targets 0:ga
discovery.ec2 targets 0:ga
discovery.eureka targets 0:ga
discovery.file targets 0:ga
discovery.gce targets 0:ga
discovery.hetzner targets 0:ga
discovery.http targets 0:ga
discovery.ionos targets 0:ga
discovery.kubelet targets 0:ga
discovery.kubernetes targets 0:ga
discovery.kuma targets 0:ga
discovery.lightsail targets 0:ga
discovery.linode targets 0:ga
discovery.marathon targets 0:ga
discovery.nerve targets 0:ga
discovery.nomad targets 0:ga
discovery.openstack targets 0:ga
discovery.ovhcloud targets 0:ga
discovery.process targets 0:preview 2:ga
discovery.puppetdb targets 0:ga
discovery.relabel output,rules 0:ga
discovery.scaleway targets 0:ga
discovery.serverset targets 0:ga
discovery.triton targets 0:ga
discovery.uyuni targets 0:ga
faro.receiver - 0:ga
local.file content 0:ga
local.file_match targets 0:ga
loki.echo receiver 0:ga
loki.enrich receiver 8:experimental
loki.process receiver 0:ga
loki.relabel receiver,rules 0:ga
loki.rules.kubernetes - 0:ga
loki.secretfilter receiver 5:experimental 19:preview
loki.source.api - 0:ga
loki.source.awsfirehose - 0:ga
loki.source.azure_event_hubs - 0:ga
loki.source.cloudflare - 0:ga
loki.source.docker - 0:ga
loki.source.file - 0:ga
loki.source.gcplog - 0:ga
loki.source.gelf - 0:ga
loki.source.heroku - 0:ga
loki.source.journal - 0:ga
loki.source.kafka - 0:ga
loki.source.kubernetes - 0:ga
loki.source.kubernetes_events - 0:ga
loki.source.podlogs - 0:ga
loki.source.syslog - 0:ga
loki.source.windowsevent - 0:ga
loki.write receiver 0:ga
mimir.alerts.kubernetes - 12:experimental
mimir.rules.kubernetes - 0:ga
otelcol.auth.basic handler 0:ga
otelcol.auth.bearer handler 0:ga
otelcol.auth.google handler 16:preview
otelcol.auth.headers handler 0:ga
otelcol.auth.oauth2 handler 0:ga
otelcol.auth.sigv4 handler 0:ga
otelcol.connector.count input 13:experimental
otelcol.connector.host_info input 0:ga
otelcol.connector.servicegraph input 0:ga
otelcol.connector.signaltometrics input 18:experimental
otelcol.connector.spanlogs input 0:ga
otelcol.connector.spanmetrics input 0:ga
otelcol.exporter.awss3 input 2:experimental
otelcol.exporter.datadog input 4:community
otelcol.exporter.debug input 3:experimental
otelcol.exporter.faro input 10:experimental
otelcol.exporter.file input 13:preview
otelcol.exporter.googlecloud input 9:community
otelcol.exporter.googlecloudpubsub input 12:community
otelcol.exporter.kafka input 2:ga
otelcol.exporter.loadbalancing input 0:ga
otelcol.exporter.logging input 0:ga 5:gone
otelcol.exporter.loki input 0:ga
otelcol.exporter.otlp input 0:ga
otelcol.exporter.otlphttp input 0:ga
otelcol.exporter.prometheus input 0:ga
otelcol.exporter.splunkhec input 6:community
otelcol.exporter.syslog input 6:preview
otelcol.extension.jaeger_remote_sampling - 0:ga
otelcol.processor.attributes input 0:ga
otelcol.processor.batch input 0:ga
otelcol.processor.cumulativetodelta input 7:preview
otelcol.processor.deltatocumulative input 2:experimental
otelcol.processor.discovery input 0:ga
otelcol.processor.filter input 0:ga
otelcol.processor.groupbyattrs input 4:ga
otelcol.processor.interval input 4:experimental
otelcol.processor.k8sattributes input 0:ga
otelcol.processor.memory_limiter input 0:ga
otelcol.processor.metric_start_time input 13:ga
otelcol.processor.probabilistic_sampler input 0:ga
otelcol.processor.redaction input 19:experimental
otelcol.processor.resourcedetection input 0:ga
otelcol.processor.span input 0:ga
otelcol.processor.tail_sampling input 0:ga
otelcol.processor.transform input 0:ga
otelcol.receiver.awscloudwatch - 8:experimental
otelcol.receiver.awsecscontainermetrics - 12:experimental
otelcol.receiver.awss3 - 13:experimental
otelcol.receiver.cloudflare - 12:experimental
otelcol.receiver.datadog - 2:experimental
otelcol.receiver.faro - 10:experimental
otelcol.receiver.file_stats - 1:ga
otelcol.receiver.filelog - 7:preview
otelcol.receiver.fluentforward - 11:experimental
otelcol.receiver.googlecloudpubsub input 11:community
otelcol.receiver.influxdb - 6:ga
otelcol.receiver.jaeger - 0:ga
otelcol.receiver.kafka - 0:ga
otelcol.receiver.loki receiver 0:ga
otelcol.receiver.nginx - 17:preview
otelcol.receiver.opencensus - 0:ga 13:gone
otelcol.receiver.otlp - 0:ga
otelcol.receiver.prometheus receiver 0:ga
otelcol.receiver.solace - 6:ga
otelcol.receiver.splunkhec - 9:preview
otelcol.receiver.syslog - 6:preview
otelcol.receiver.tcplog - 7:experimental
otelcol.receiver.vcenter - 0:experimental
otelcol.receiver.zipkin - 0:ga
otelcol.storage.file handler 9:preview
prometheus.echo receiver 13:ga
prometheus.enrich receiver 11:experimental
prometheus.exporter.apache targets 0:ga
prometheus.exporter.azure targets 0:ga
prometheus.exporter.blackbox targets 0:ga
prometheus.exporter.cadvisor targets 0:ga
prometheus.exporter.catchpoint targets 3:experimental
prometheus.exporter.cloudwatch targets 0:ga
prometheus.exporter.consul targets 0:ga
prometheus.exporter.databricks targets 13:ga
prometheus.exporter.dnsmasq targets 0:ga
prometheus.exporter.elasticsearch targets 0:ga
prometheus.exporter.gcp targets 0:ga
prometheus.exporter.github targets 0:ga
prometheus.exporter.kafka targets 0:ga
prometheus.exporter.memcached targets 0:ga
prometheus.exporter.mongodb targets 0:ga
prometheus.exporter.mssql targets 0:ga
prometheus.exporter.mysql targets 0:ga
prometheus.exporter.oracledb targets 0:ga
prometheus.exporter.postgres targets 0:ga
prometheus.exporter.process targets 0:ga
prometheus.exporter.redis targets 0:ga
prometheus.exporter.self targets 0:ga
prometheus.exporter.snmp targets 0:ga
prometheus.exporter.snowflake targets 0:ga
prometheus.exporter.squid targets 0:ga
prometheus.exporter.static targets 12:experimental
prometheus.exporter.statsd targets 0:ga
prometheus.exporter.unix targets 0:ga
prometheus.exporter.windows targets 0:ga
prometheus.operator.podmonitors - 0:ga
prometheus.operator.probes - 0:ga
prometheus.operator.scrapeconfigs - 8:experimental
prometheus.operator.servicemonitors - 0:ga
prometheus.receive_http - 0:ga
prometheus.relabel receiver,rules 0:ga
prometheus.remote_write receiver 0:ga
prometheus.scrape - 0:ga
prometheus.write.queue receiver 5:experimental 19:gone
pyroscope.ebpf - 0:preview 2:ga
pyroscope.enrich receiver 13:experimental
pyroscope.java - 0:preview 2:ga
pyroscope.receive_http - 5:preview 10:ga
pyroscope.relabel receiver,rules 7:preview 10:ga
pyroscope.scrape - 0:preview 2:ga
pyroscope.write receiver 0:preview 2:ga
remote.http content 0:ga
remote.kubernetes.configmap data 0:ga
remote.kubernetes.secret data 0:ga
remote.s3 content 0:ga
remote.vault data 0:ga
`;

/** The newest minor version of Alloy 1.x that the tables know. */
export const LAST_KNOWN_MINOR = 19;
