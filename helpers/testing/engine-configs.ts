/** Ports on 127.0.0.1 by the names that the starters in `engines.ts` document. */
export interface PortMap {
  readonly [name: string]: number;
  readonly http: number;
}

export function prometheusConfig(): string {
  return `global:
  scrape_interval: 1s
  evaluation_interval: 1s
`;
}

export function lokiConfig(ports: PortMap): string {
  return `auth_enabled: false
analytics:
  reporting_enabled: false
server:
  http_listen_address: 127.0.0.1
  http_listen_port: ${ports.http}
  grpc_listen_address: 127.0.0.1
  grpc_listen_port: ${ports.grpc}
  log_level: warn
common:
  instance_addr: 127.0.0.1
  path_prefix: data
  replication_factor: 1
  ring:
    instance_addr: 127.0.0.1
    kvstore:
      store: inmemory
  storage:
    filesystem:
      chunks_directory: data/chunks
      rules_directory: data/rules
memberlist:
  bind_addr: [127.0.0.1]
  bind_port: ${ports.gossip}
  advertise_addr: 127.0.0.1
frontend:
  scheduler_dns_lookup_period: 1s
ingester:
  lifecycler:
    min_ready_duration: 0s
schema_config:
  configs:
    - from: 2024-01-01
      store: tsdb
      object_store: filesystem
      schema: v13
      index: { prefix: index_, period: 24h }
limits_config:
  allow_structured_metadata: true
  volume_enabled: true
pattern_ingester:
  enabled: true
  lifecycler:
    min_ready_duration: 0s
`;
}

export function collectorConfig(ports: PortMap): string {
  return `receivers:
  otlp:
    protocols:
      grpc: { endpoint: "127.0.0.1:${ports.otlpGrpc}" }
      http: { endpoint: "127.0.0.1:${ports.otlpHttp}" }
exporters:
  debug: {}
extensions:
  health_check: { endpoint: "127.0.0.1:${ports.http}" }
service:
  extensions: [health_check]
  telemetry:
    metrics:
      readers:
        - pull: { exporter: { prometheus: { host: 127.0.0.1, port: ${ports.metrics} } } }
  pipelines:
    traces: { receivers: [otlp], exporters: [debug] }
    metrics: { receivers: [otlp], exporters: [debug] }
    logs: { receivers: [otlp], exporters: [debug] }
`;
}

export function alertmanagerConfig(): string {
  return `route: { receiver: none, group_wait: 1s, group_interval: 1s }
receivers:
  - name: none
`;
}

/** For Tempo 3. */
export function tempoConfig(ports: PortMap): string {
  return `stream_over_http_enabled: false
usage_report: { reporting_enabled: false }
server:
  http_listen_address: 127.0.0.1
  http_listen_port: ${ports.http}
  grpc_listen_address: 127.0.0.1
  grpc_listen_port: ${ports.grpc}
  log_level: warn
memberlist:
  bind_addr: [127.0.0.1]
  bind_port: ${ports.gossip}
  advertise_addr: 127.0.0.1
distributor:
  receivers:
    otlp:
      protocols:
        grpc: { endpoint: "127.0.0.1:${ports.otlpGrpc}" }
        http: { endpoint: "127.0.0.1:${ports.otlpHttp}" }
query_frontend:
  query_end_cutoff: 0s
storage:
  trace:
    backend: local
    local: { path: data/blocks }
    wal: { path: data/wal }
# Without these, every Tempo on the machine writes to /var/tempo and answers with the others' tags.
live_store:
  shutdown_marker_dir: data/live-store/marker
  wal: { path: data/live-store/traces }
  flush_check_period: 500ms
  max_trace_idle: 500ms
block_builder:
  wal: { path: data/block-builder/traces }
backend_scheduler:
  local_work_path: data/scheduler
`;
}
