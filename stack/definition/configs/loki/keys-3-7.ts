/**
 * Keys, flags and types of Loki 3.7.8, reflected from its own `loki.Config` (see `shared/derive-keys`). Not edited by
 * hand. The form is that of `parseKeyTable`; defaults stand where readers need them.
 */
export const LOKI_TABLE_VERSION = '3.7.8';
export const LOKI_KEYS = `
target A = all
auth_enabled b auth.enabled true
http_prefix s
ballast_bytes i config.ballast-bytes
server S
 http_listen_network s server.http-listen-network tcp
 http_listen_address s server.http-listen-address
 http_listen_port i server.http-listen-port 3100
 http_listen_conn_limit i server.http-conn-limit 0
 grpc_listen_network s server.grpc-listen-network tcp
 grpc_listen_address s server.grpc-listen-address
 grpc_listen_port i server.grpc-listen-port 9095
 grpc_listen_conn_limit i server.grpc-conn-limit 0
 grpc_collect_max_streams_by_conn b server.grpc-collect-max-streams-by-conn true
 proxy_protocol_enabled b server.proxy-protocol-enabled false
 tls_cipher_suites s server.tls-cipher-suites
 tls_min_version s server.tls-min-version
 http_tls_config *1 server.
 grpc_tls_config S server.
  cert s
  key A
  client_ca s
  cert_file s grpc-tls-cert-path
  key_file s grpc-tls-key-path
  client_auth_type s grpc-tls-client-auth
  client_ca_file s grpc-tls-ca-path
 register_instrumentation b server.register-instrumentation true
 report_grpc_codes_in_instrumentation_label_enabled b server.report-grpc-codes-in-instrumentation-label-enabled false
 graceful_shutdown_timeout d server.graceful-shutdown-timeout 30s
 http_server_read_timeout d server.http-read-timeout 30s
 http_server_read_header_timeout d server.http-read-header-timeout 0s
 http_server_write_timeout d server.http-write-timeout 30s
 http_server_idle_timeout d server.http-idle-timeout 2m0s
 http_log_closed_connections_without_response_enabled b server.http-log-closed-connections-without-response-enabled false
 grpc_server_max_recv_msg_size i server.grpc-max-recv-msg-size-bytes 4194304
 grpc_server_max_send_msg_size i server.grpc-max-send-msg-size-bytes 4194304
 grpc_server_max_concurrent_streams i server.grpc-max-concurrent-streams 100
 grpc_server_max_connection_idle d server.grpc.keepalive.max-connection-idle 2562047h47m16.854775807s
 grpc_server_max_connection_age d server.grpc.keepalive.max-connection-age 2562047h47m16.854775807s
 grpc_server_max_connection_age_grace d server.grpc.keepalive.max-connection-age-grace 2562047h47m16.854775807s
 grpc_server_keepalive_time d server.grpc.keepalive.time 2h0m0s
 grpc_server_keepalive_timeout d server.grpc.keepalive.timeout 20s
 grpc_server_min_time_between_pings d server.grpc.keepalive.min-time-between-pings 10s
 grpc_server_ping_without_stream_allowed b server.grpc.keepalive.ping-without-stream-allowed true
 grpc_server_num_workers i server.grpc.num-workers 0
 grpc_server_stats_tracking_enabled b server.grpc.stats-tracking-enabled true
 grpc_server_recv_buffer_pools_enabled b server.grpc.recv-buffer-pools-enabled false
 log_format s log.format logfmt
 log_level A log.level info
 log_source_ips_enabled b server.log-source-ips-enabled false
 log_source_ips_full b server.log-source-ips-full false
 log_source_ips_header s server.log-source-ips-header
 log_source_ips_regex s server.log-source-ips-regex
 log_request_headers b server.log-request-headers false
 log_request_at_info_level_enabled b server.log-request-at-info-level-enabled false
 log_request_exclude_headers_list s server.log-request-headers-exclude-list
 trace_request_headers b server.trace-request-headers false
 trace_request_exclude_headers_list s server.trace-request-headers-exclude-list
 http_path_prefix s server.path-prefix
 cluster_validation S server.cluster-validation.
  label s =
  additional_labels A =
  grpc S grpc.
   enabled b = false
   soft_validation b = false
  http S http.
   enabled b = false
   soft_validation b = false
   excluded_paths A =
   excluded_user_agents A =
 create_new_traces b server.create-new-traces false
internal_server S internal-server.
 http_listen_network s =
 http_listen_address s =
 http_listen_port i =
 http_listen_conn_limit i http-conn-limit
 grpc_listen_network s
 grpc_listen_address s
 grpc_listen_port i
 grpc_listen_conn_limit i
 grpc_collect_max_streams_by_conn b
 proxy_protocol_enabled b
 tls_cipher_suites s http-tls-cipher-suites
 tls_min_version s http-tls-min-version
 http_tls_config *1 /internal-server.
 grpc_tls_config S
  cert s
  key A
  client_ca s
  cert_file s
  key_file s
  client_auth_type s
  client_ca_file s
 register_instrumentation b
 report_grpc_codes_in_instrumentation_label_enabled b
 graceful_shutdown_timeout d =
 http_server_read_timeout d http-read-timeout
 http_server_read_header_timeout d
 http_server_write_timeout d http-write-timeout
 http_server_idle_timeout d http-idle-timeout
 http_log_closed_connections_without_response_enabled b
 grpc_server_max_recv_msg_size i
 grpc_server_max_send_msg_size i
 grpc_server_max_concurrent_streams i
 grpc_server_max_connection_idle d
 grpc_server_max_connection_age d
 grpc_server_max_connection_age_grace d
 grpc_server_keepalive_time d
 grpc_server_keepalive_timeout d
 grpc_server_min_time_between_pings d
 grpc_server_ping_without_stream_allowed b
 grpc_server_num_workers i
 grpc_server_stats_tracking_enabled b
 grpc_server_recv_buffer_pools_enabled b
 log_format s
 log_level A
 log_source_ips_enabled b
 log_source_ips_full b
 log_source_ips_header s
 log_source_ips_regex s
 log_request_headers b
 log_request_at_info_level_enabled b
 log_request_exclude_headers_list s
 trace_request_headers b
 trace_request_exclude_headers_list s
 http_path_prefix s
 cluster_validation S
  label s
  additional_labels A
  grpc S
   enabled b
   soft_validation b
  http S
   enabled b
   soft_validation b
   excluded_paths A
   excluded_user_agents A
 create_new_traces b
 enable b =
ui S ui.
 enabled b =
 debug b =
 goldfish S goldfish.
  enable b =
  storage S /ui.goldfish.
   type s storage.type
   cloudsql_host s storage.cloudsql.host
   cloudsql_port i storage.cloudsql.port
   cloudsql_database s storage.cloudsql.database
   cloudsql_user s storage.cloudsql.user
   rds_endpoint s storage.rds.endpoint
   rds_database s storage.rds.database
   rds_user s storage.rds.user
   max_connections i =
   max_idle_time_seconds i max-idle-time
  grafana_url s =
  traces_datasource_uid s =
  logs_datasource_uid s =
  cell_a_namespace s =
  cell_b_namespace s =
  results_backend s =
  results_bucket S results.
   s3 S s3.
    endpoint s =
    region s =
    bucket_name s =
    secret_access_key A =
    access_key_id s =
    session_token A =
    insecure b =
    list_objects_version s =
    bucket_lookup_type A =
    dualstack_enabled b =
    storage_class s =
    native_aws_auth_enabled b =
    part_size i =
    send_content_md5 b =
    sts_endpoint s =
    max_retries i =
    sse *2 sse.
    http *3 /ui.goldfish.results.s3.
    trace S trace.
     enabled b =
   gcs *4 gcs.
   azure *5 azure.
   swift S swift.
    application_credential_id s =
    application_credential_name s =
    application_credential_secret A =
    auth_version i =
    auth_url s =
    username s =
    user_domain_name s =
    user_domain_id s =
    user_id s =
    password A =
    domain_id s =
    domain_name s =
    project_id s =
    project_name s =
    project_domain_id s =
    project_domain_name s =
    region_name s =
    container_name s =
    max_retries i =
    connect_timeout d =
    request_timeout d =
    http *3 /ui.goldfish.results.swift.
   filesystem S filesystem.
    dir s =
   alibaba *6 oss.
   bos *7 bos.
   storage_prefix s =
 ring S ring.
  kvstore *8 /ui.ring.
  heartbeat_period d =
  heartbeat_timeout d =
  tokens_file_path s =
  zone_awareness_enabled b =
  num_tokens i =
  replication_factor i =
  instance_id s =
  instance_interface_names L =
  instance_port i =
  instance_addr s =
  instance_availability_zone s =
  instance_enable_ipv6 b =
distributor S distributor.
 ring S ring.
  kvstore *8 /distributor.ring.
  heartbeat_period d =
  heartbeat_timeout d =
  instance_id s =
  instance_interface_names L =
  instance_port i =
  instance_addr s =
  instance_enable_ipv6 b =
 push_worker_count i =
 max_recv_msg_size i =
 max_decompressed_size i =
 rate_store S rate-store.
  max_request_parallelism i =
  stream_rate_update_interval d =
  ingester_request_timeout d =
  debug b =
 write_failures_logging S write-failures-logging.
  rate Z =
  add_insights_label b =
 otlp_config S otlp.
  default_resource_attributes_as_index_labels L default_resource_attributes_as_index_labels
 default_policy_stream_mappings M
  {} L
   [] S
    priority i
    selector s
 kafka_writes_enabled b =
 ingester_writes_enabled b =
 ingest_limits_enabled b =
 ingest_limits_dry_run_enabled b =
 dataobj_tee S dataobj-tee.
  enabled b =
  topic s =
  max_buffered_bytes i =
  per_partition_rate_bytes i =
  debug_metrics_enabled b =
  rate_batch_window d =
querier S querier.
 tail_max_duration d = 1h0m0s
 extra_query_delay d = 0s
 query_ingesters_within d = 3h0m0s
 engine S engine.
  max_look_back_period d max-lookback-period 30s
  max_count_min_sketch_heap_size i = 10000
 max_concurrent i = 4
 query_store_only b = false
 query_ingester_only b = false
 multi_tenant_queries_enabled b = false
 per_request_limits_enabled b = false
 query_partition_ingesters b = false
query_engine S query-engine.
 enable b =
 distributed b =
 instance_interface_names L =
 batch_size i =
 prefetch_bytes B =
 merge_prefetch_count i =
 range_reads S range-reads.
  max_parallelism i =
  coalesce_size i =
  max_range_size i =
  min_range_size i =
 worker_threads i =
 scheduler_lookup_address s =
 scheduler_lookup_interval d =
 storage_lag d =
 storage_start_date A =
 storage_retention_days i =
 enable_engine_router b =
 downstream_address s =
 enable_delete_req_filtering b =
 enforce_retention_period b =
 align_queries_with_step b =
 enforce_max_query_series_limit b =
 results_cache S results-cache.
  cache *12 /query-engine.results-cache.
  compression s =
query_scheduler S query-scheduler.
 max_outstanding_requests_per_tenant i =
 max_queue_hierarchy_levels i =
 querier_forget_delay d =
 grpc_client_config S grpc-client-config.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /query-scheduler.grpc-client-config.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 use_scheduler_ring b =
 scheduler_ring S ring.
  kvstore *8 /query-scheduler.ring.
  heartbeat_period d =
  heartbeat_timeout d =
  tokens_file_path s =
  zone_awareness_enabled b =
  num_tokens i =
  replication_factor i =
  instance_id s =
  instance_interface_names L =
  instance_port i =
  instance_addr s =
  instance_availability_zone s =
  instance_enable_ipv6 b =
frontend S
 log_queries_longer_than d frontend.log-queries-longer-than
 log_query_request_headers A frontend.log-query-request-headers
 max_body_size i frontend.max-body-size
 query_stats_enabled b frontend.query-stats-enabled
 max_outstanding_per_tenant i querier.max-outstanding-requests-per-tenant
 querier_forget_delay d query-frontend.querier-forget-delay
 scheduler_address s frontend.scheduler-address
 scheduler_dns_lookup_period d frontend.scheduler-dns-lookup-period
 scheduler_worker_concurrency i frontend.scheduler-worker-concurrency
 grpc_client_config S frontend.grpc-client-config.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /frontend.grpc-client-config.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 graceful_shutdown_timeout d frontend.graceful-shutdown-timeout
 instance_interface_names L frontend.instance-interface-names
 instance_enable_ipv6 b frontend.instance-enable-ipv6
 address s frontend.instance-addr
 port i frontend.instance-port
 encoding s frontend.encoding
 compress_responses b querier.compress-http-responses
 downstream_url s frontend.downstream-url
 tail_proxy_url s frontend.tail-proxy-url
 tail_tls_config S frontend.tail-tls-config.
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
 support_parquet_encoding b
query_range S
 align_queries_with_step b querier.align-querier-with-step
 results_cache S frontend.
  cache *12 /frontend.
  compression s =
 cache_results b querier.cache-results
 max_retries i querier.max-retries-per-request
 parallelise_shardable_queries b querier.parallelise-shardable-queries
 shard_aggregations A querier.shard-aggregations
 cache_index_stats_results b querier.cache-index-stats-results
 index_stats_results_cache S frontend.index-stats-results-cache.
  cache *12 /frontend.index-stats-results-cache.
  compression s =
 cache_volume_results b querier.cache-volume-results
 volume_results_cache S frontend.volume-results-cache.
  cache *12 /frontend.volume-results-cache.
  compression s =
 cache_instant_metric_results b querier.cache-instant-metric-results
 instant_metric_results_cache S frontend.instant-metric-results-cache.
  cache *12 /frontend.instant-metric-results-cache.
  compression s =
 instant_metric_query_split_align b querier.instant-metric-query-split-align
 cache_series_results b querier.cache-series-results
 series_results_cache S frontend.series-results-cache.
  cache *12 /frontend.series-results-cache.
  compression s =
 cache_label_results b querier.cache-label-results
 label_results_cache S frontend.label-results-cache.
  cache *12 /frontend.label-results-cache.
  compression s =
ruler S ruler.
 external_url A external.url
 datasource_uid s =
 external_labels A
 ruler_client S client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /ruler.client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 evaluation_interval d =
 poll_interval d =
 storage S storage.
  type s =
  azure *15 azure.
  alibabacloud *16 oss.
  gcs *17 gcs.
  s3 S s3.
   s3 A url
   s3forcepathstyle b force-path-style
   bucketnames s buckets
   endpoint s =
   region s =
   access_key_id s =
   secret_access_key A =
   session_token A =
   insecure b =
   chunk_delimiter s =
   http_config *18 http.
   signature_version s =
   storage_class s =
   sse *2 sse.
   backoff_config *19 /ruler.storage.s3.
   disable_dualstack b =
  bos *20 bos.
  swift *21 swift.
  cos S cos.
   forcepathstyle b force-path-style
   bucketnames s buckets
   endpoint s =
   region s =
   access_key_id s =
   secret_access_key A =
   http_config S http.
    idle_conn_timeout d =
    response_header_timeout d =
   backoff_config *19 /ruler.storage.cos.
   api_key A =
   service_instance_id s =
   auth_endpoint s =
   cr_token_file_path s =
   trusted_profile_name s =
   trusted_profile_id s =
  local S local.
   directory s =
 rule_path s =
 alertmanager_url s =
 enable_alertmanager_discovery b alertmanager-discovery
 alertmanager_refresh_interval d =
 enable_alertmanager_v2 b alertmanager-use-v2
 alert_relabel_configs L
  [] *22
 notification_queue_capacity i =
 notification_timeout d =
 alertmanager_client S alertmanager-client.
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  basic_auth_username s =
  basic_auth_password A =
  type s =
  credentials A =
  credentials_file s =
 for_outage_tolerance d =
 for_grace_period d =
 resend_delay d =
 enable_sharding b =
 sharding_strategy s =
 sharding_algo s =
 search_pending_for d =
 ring S ring.
  kvstore *8 /ruler.ring.
  heartbeat_period d =
  heartbeat_timeout d =
  instance_id s =
  instance_interface_names L =
  instance_port i =
  instance_addr s =
  instance_enable_ipv6 b =
  num_tokens i =
 flush_period d =
 enable_api b = true
 enabled_tenants A =
 disabled_tenants A =
 query_stats_enabled b =
 disable_rule_group_label b =
 wal S wal.
  tenant s
  name s
  remotewrite L
   [] *23
  dir s =
  truncate_frequency d =
  min_age d =
  max_age d =
  remote_flush_deadline d
 wal_cleaner S wal-cleaner.
  min_age d =
  period d =
 remote_write S remote-write.
  client *23
  clients M
   {} *23
  enabled b =
  config_refresh_period d =
  add_org_id_header b =
 evaluation S evaluation.
  mode s =
  max_jitter d =
  query_frontend S query-frontend.
   address s =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
ruler_storage S ruler-storage.
 s3 S s3.
  endpoint s =
  region s =
  bucket_name s =
  secret_access_key A =
  access_key_id s =
  session_token A =
  insecure b =
  list_objects_version s =
  bucket_lookup_type A =
  dualstack_enabled b =
  storage_class s =
  native_aws_auth_enabled b =
  part_size i =
  send_content_md5 b =
  sts_endpoint s =
  max_retries i =
  sse *2 sse.
  http *3 /ruler-storage.s3.
  trace S trace.
   enabled b =
 gcs *4 gcs.
 azure *5 azure.
 swift S swift.
  application_credential_id s =
  application_credential_name s =
  application_credential_secret A =
  auth_version i =
  auth_url s =
  username s =
  user_domain_name s =
  user_domain_id s =
  user_id s =
  password A =
  domain_id s =
  domain_name s =
  project_id s =
  project_name s =
  project_domain_id s =
  project_domain_name s =
  region_name s =
  container_name s =
  max_retries i =
  connect_timeout d =
  request_timeout d =
  http *3 /ruler-storage.swift.
 filesystem S filesystem.
  dir s =
 alibaba *6 oss.
 bos *7 bos.
 storage_prefix s =
 backend s =
 local S local.
  directory s =
ingester_client S
 pool_config S
  client_cleanup_period d distributor.client-cleanup-period
  health_check_ingesters b distributor.health-check-ingesters
  remote_timeout d ingester.client.healthcheck-timeout
 remote_timeout d ingester.client.timeout
 grpc_client_config S ingester.client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /ingester.client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
ingester S
 lifecycler S
  ring S
   kvstore S
    store s ring.store
    prefix s ring.prefix
    consul *9 consul.
    etcd *10 etcd.
    multi *11 multi.
   heartbeat_timeout d ring.heartbeat-timeout
   replication_factor i distributor.replication-factor
   zone_awareness_enabled b distributor.zone-awareness-enabled
   excluded_zones A distributor.excluded-zones
  num_tokens i ingester.num-tokens
  heartbeat_period d ingester.heartbeat-period
  heartbeat_timeout d ingester.heartbeat-timeout
  observe_period d ingester.observe-period
  join_after d ingester.join-after
  min_ready_duration d ingester.min-ready-duration
  interface_names L ingester.lifecycler.interface
  enable_inet6 b ingester.enable-inet6
  final_sleep d ingester.final-sleep
  tokens_file_path s ingester.tokens-file-path
  availability_zone s ingester.availability-zone
  unregister_on_shutdown b ingester.unregister-on-shutdown
  readiness_check_ring_health b ingester.readiness-check-ring-health
  address s ingester.lifecycler.addr
  port i ingester.lifecycler.port
  id s ingester.lifecycler.ID
 concurrent_flushes i ingester.concurrent-flushes
 flush_check_period d ingester.flush-check-period
 flush_op_backoff S ingester.
  min_period d flush-op-backoff-min-period
  max_period d flush-op-backoff-max-period
  max_retries i flush-op-backoff-retries
 flush_op_timeout d ingester.flush-op-timeout
 chunk_retain_period d ingester.chunks-retain-period
 chunk_idle_period d ingester.chunks-idle-period 30m0s
 chunk_block_size i ingester.chunks-block-size
 chunk_target_size i ingester.chunk-target-size
 chunk_encoding s ingester.chunk-encoding
 max_chunk_age d ingester.max-chunk-age 2h0m0s
 autoforget_unhealthy b ingester.autoforget-unhealthy
 sync_period d ingester.sync-period
 sync_min_utilization f ingester.sync-min-utilization
 max_returned_stream_errors i ingester.max-ignored-stream-errors
 query_store_max_look_back_period d ingester.query-store-max-look-back-period
 wal S ingester.
  enabled b wal-enabled
  dir s wal-dir
  checkpoint_duration d =
  flush_on_shutdown b =
  replay_memory_ceiling Z wal-replay-memory-ceiling
  disk_full_threshold f wal-disk-full-threshold
 index_shards i ingester.index-shards
 max_dropped_streams i ingester.tailer.max-dropped-streams
 shutdown_marker_path s ingester.shutdown-marker-path
 owned_streams_check_interval d ingester.owned-streams-check-interval
 delegate_stream_limits_enabled b ingester.delegate-stream-limits-enabled
 kafka_ingestion S ingester.
  enabled b kafka-ingestion-enabled
  partition_ring S partition-ring.
   kvstore *8 /ingester.partition-ring.
   min_partition_owners_count i =
   min_partition_owners_duration d =
   delete_inactive_partition_after d =
   shuffle_shard_cache_size i =
pattern_ingester S pattern-ingester.
 enabled b = false
 lifecycler S /pattern-ingester.
  ring S /pattern-ingester.
   kvstore *8 /pattern-ingester.
   heartbeat_timeout d ring.heartbeat-timeout
   replication_factor i distributor.replication-factor
   zone_awareness_enabled b distributor.zone-awareness-enabled
   excluded_zones A distributor.excluded-zones
  num_tokens i =
  heartbeat_period d =
  heartbeat_timeout d =
  observe_period d =
  join_after d =
  min_ready_duration d =
  interface_names L lifecycler.interface
  enable_inet6 b =
  final_sleep d =
  tokens_file_path s =
  availability_zone s =
  unregister_on_shutdown b =
  readiness_check_ring_health b =
  address s lifecycler.addr
  port i lifecycler.port
  id s lifecycler.ID
 client_config S /pattern-ingester.
  pool_config S /pattern-ingester.
   client_cleanup_period d =
   health_check_ingesters b =
   remote_timeout d =
  remote_timeout d client.timeout
  grpc_client_config S client.
   max_recv_msg_size i grpc-max-recv-msg-size
   max_send_msg_size i grpc-max-send-msg-size
   grpc_compression s =
   rate_limit f grpc-client-rate-limit
   rate_limit_burst i grpc-client-rate-limit-burst
   backoff_on_ratelimits b =
   backoff_config *14 /pattern-ingester.client.
   initial_stream_window_size B =
   initial_connection_window_size B =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
   connect_timeout d =
   connect_backoff_base_delay d =
   connect_backoff_max_delay d =
   cluster_validation S cluster-validation.
    label s =
 concurrent_flushes i =
 flush_check_period d =
 max_clusters i =
 max_eviction_ratio f =
 metric_aggregation S metric-aggregation.
  sample_period d downsample-period
  loki_address s =
  timeout d =
  push_period d =
  http_client_config *28
  use_tls b tls
  basic_auth S .basic-auth.
   username s =
   password A =
  backoff_config *14 ..
 pattern_persistence S pattern-persistence.
  loki_address s =
  timeout d =
  push_period d =
  http_client_config *28
  use_tls b tls
  basic_auth S .basic-auth.
   username s =
   password A =
  backoff_config *14 ..
  batch_size i =
 tee_config S tee.
  batch_size i =
  batch_flush_interval d =
  flush_queue_size i =
  flush_worker_count i =
  stop_flush_timeout d =
 connection_timeout d =
 max_allowed_line_length i =
 retain_for d =
 max_chunk_age d =
 pattern_sample_interval d sample-interval
 volume_threshold f =
index_gateway S
 mode s index-gateway.mode
 ring S
  kvstore *8 index-gateway.ring.
  heartbeat_period d index-gateway.ring.heartbeat-period
  heartbeat_timeout d index-gateway.ring.heartbeat-timeout
  tokens_file_path s index-gateway.ring.tokens-file-path
  zone_awareness_enabled b index-gateway.ring.zone-awareness-enabled
  num_tokens i index-gateway.ring.num-tokens
  replication_factor i =
  instance_id s index-gateway.ring.instance-id
  instance_interface_names L index-gateway.ring.instance-interface-names
  instance_port i index-gateway.ring.instance-port
  instance_addr s index-gateway.ring.instance-addr
  instance_availability_zone s index-gateway.ring.instance-availability-zone
  instance_enable_ipv6 b index-gateway.ring.instance-enable-ipv6
bloom_build S bloom-build.
 enabled b =
 planner S planner.
  planning_interval d interval
  min_table_offset i =
  max_table_offset i =
  retention S retention.
   enabled b =
   max_lookback_days i =
  queue S queue.
   max_queued_tasks_per_tenant i max-tasks-per-tenant
   store_tasks_on_disk b =
   tasks_disk_directory s =
   clean_tasks_directory b =
 builder S builder.
  grpc_config S grpc.
   max_recv_msg_size i grpc-max-recv-msg-size
   max_send_msg_size i grpc-max-send-msg-size
   grpc_compression s =
   rate_limit f grpc-client-rate-limit
   rate_limit_burst i grpc-client-rate-limit-burst
   backoff_on_ratelimits b =
   backoff_config *14 /bloom-build.builder.grpc.
   initial_stream_window_size B =
   initial_connection_window_size B =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
   connect_timeout d =
   connect_backoff_base_delay d =
   connect_backoff_max_delay d =
   cluster_validation S cluster-validation.
    label s =
  planner_address s =
  backoff_config *14 backoff.
  working_directory s =
bloom_gateway S
 enabled b bloom-gateway.enabled
 client S bloom-gateway-client.
  pool_config S pool.
   check_interval d =
  grpc_client_config S grpc.
   max_recv_msg_size i grpc-max-recv-msg-size
   max_send_msg_size i grpc-max-send-msg-size
   grpc_compression s =
   rate_limit f grpc-client-rate-limit
   rate_limit_burst i grpc-client-rate-limit-burst
   backoff_on_ratelimits b =
   backoff_config *14 /bloom-gateway-client.grpc.
   initial_stream_window_size B =
   initial_connection_window_size B =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
   connect_timeout d =
   connect_backoff_base_delay d =
   connect_backoff_max_delay d =
   cluster_validation S cluster-validation.
    label s =
  addresses s =
 worker_concurrency i bloom-gateway.worker-concurrency
 block_query_concurrency i bloom-gateway.block-query-concurrency
 max_outstanding_per_tenant i bloom-gateway.max-outstanding-per-tenant
 num_multiplex_tasks i bloom-gateway.num-multiplex-tasks
 fetch_blocks_async b bloom-gateway.fetch-blocks-async
storage_config S
 alibabacloud *16 oss.
 aws S
  dynamodb S
   dynamodb_url A dynamodb.url
   api_limit f dynamodb.api-limit
   throttle_limit f dynamodb.throttle-limit
   metrics S metrics.
    url s =
    target_queue_length i =
    scale_up_factor f =
    ignore_throttle_below f =
    queue_length_query s =
    write_throttle_query s =
    write_usage_query s usage-query
    read_usage_query s =
    read_error_query s =
   chunk_gang_size i dynamodb.chunk-gang-size
   chunk_get_max_parallelism i dynamodb.chunk.get-max-parallelism
   backoff_config *19 dynamodb.
   kms_key_id s dynamodb.kms-key-id
  s3 A s3.url
  s3forcepathstyle b s3.force-path-style
  bucketnames s s3.buckets
  endpoint s s3.endpoint
  region s s3.region
  access_key_id s s3.access-key-id
  secret_access_key A s3.secret-access-key
  session_token A s3.session-token
  insecure b s3.insecure
  chunk_delimiter s s3.chunk-delimiter
  http_config *18 s3.http.
  signature_version s s3.signature-version
  storage_class s s3.storage-class
  sse *2 s3.sse.
  backoff_config *19 s3.
  disable_dualstack b s3.disable-dualstack
 azure *15 azure.
 bos *20 bos.
 bigtable S bigtable.
  project s =
  instance s =
  grpc_client_config S /bigtable.
   max_recv_msg_size i grpc-max-recv-msg-size
   max_send_msg_size i grpc-max-send-msg-size
   grpc_compression s =
   rate_limit f grpc-client-rate-limit
   rate_limit_burst i grpc-client-rate-limit-burst
   backoff_on_ratelimits b =
   backoff_config *14 /bigtable.
   initial_stream_window_size B =
   initial_connection_window_size B =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
   connect_timeout d =
   connect_backoff_base_delay d =
   connect_backoff_max_delay d =
   cluster_validation S cluster-validation.
    label s =
  table_cache_enabled b table-cache.enabled
  table_cache_expiration d table-cache.expiration
 gcs *17 gcs.
 cassandra S cassandra.
  addresses s =
  port i =
  keyspace s =
  consistency s =
  replication_factor i =
  disable_initial_host_lookup b =
  SSL b ssl
  host_verification b =
  host_selection_policy s =
  CA_path s ca-path
  tls_cert_path s =
  tls_key_path s =
  auth b =
  username s =
  password A =
  password_file s =
  custom_authenticators L custom-authenticator
  timeout d =
  connect_timeout d =
  reconnect_interval d reconnent-interval
  max_retries i =
  retry_max_backoff d =
  retry_min_backoff d =
  query_concurrency i =
  num_connections i =
  convict_hosts_on_failure b =
  table_options s =
 boltdb S boltdb.
  directory s dir
 filesystem S local.
  directory s chunk-directory
 swift *21 swift.
 grpc_store S grpc-store.
  server_address s =
 hedging *29 store.
 named_stores S
  aws M
   {} S
    dynamodb S
     dynamodb_url A
     api_limit f
     throttle_limit f
     metrics S
      url s
      target_queue_length i
      scale_up_factor f
      ignore_throttle_below f
      queue_length_query s
      write_throttle_query s
      write_usage_query s
      read_usage_query s
      read_error_query s
     chunk_gang_size i
     chunk_get_max_parallelism i
     backoff_config *30
     kms_key_id s
    s3 A
    s3forcepathstyle b
    bucketnames s
    endpoint s
    region s
    access_key_id s
    secret_access_key A
    session_token A
    insecure b
    chunk_delimiter s
    http_config S
     timeout d
     idle_conn_timeout d
     response_header_timeout d
     insecure_skip_verify b
     ca_file s
    signature_version s
    storage_class s
    sse *31
    backoff_config *30
    disable_dualstack b
  azure M
   {} S
    environment s
    account_name s
    account_key A
    connection_string A
    container_name s
    active_directory_endpoint s
    endpoint_suffix s
    use_managed_identity b
    use_federated_token b
    user_assigned_id s
    use_service_principal b
    client_id s
    client_secret A
    tenant_id s
    chunk_delimiter s
    download_buffer_size i
    upload_buffer_size i
    upload_buffer_count i
    request_timeout d
    max_retries i
    min_retry_delay d
    max_retry_delay d
  bos M
   {} S
    bucket_name s
    endpoint s
    access_key_id s
    secret_access_key A
  filesystem M
   {} S
    directory s
  gcs M
   {} S
    bucket_name s
    endpoint s
    service_account A
    chunk_buffer_size i
    request_timeout d
    enable_opencensus b
    enable_http2 b
    enable_retries b
  alibabacloud M
   {} S
    bucket s
    endpoint s
    access_key_id s
    secret_access_key A
    conn_timeout_sec i
    read_write_timeout_sec i
  swift M
   {} S
    auth_version i
    auth_url s
    internal b
    username s
    user_domain_name s
    user_domain_id s
    user_id s
    password A
    domain_id s
    domain_name s
    project_id s
    project_name s
    project_domain_id s
    project_domain_name s
    region_name s
    container_name s
    max_retries i
    connect_timeout d
    request_timeout d
    http S
     tls_ca_path s
  cos M
   {} S
    forcepathstyle b
    bucketnames s
    endpoint s
    region s
    access_key_id s
    secret_access_key A
    http_config S
     idle_conn_timeout d
     response_header_timeout d
    backoff_config *30
    api_key A
    service_instance_id s
    auth_endpoint s
    cr_token_file_path s
    trusted_profile_name s
    trusted_profile_id s
 cos S cos.
  forcepathstyle b force-path-style
  bucketnames s buckets
  endpoint s =
  region s =
  access_key_id s =
  secret_access_key A =
  http_config S http.
   idle_conn_timeout d =
   response_header_timeout d =
  backoff_config *19 /cos.
  api_key A =
  service_instance_id s =
  auth_endpoint s =
  cr_token_file_path s =
  trusted_profile_name s =
  trusted_profile_id s =
 index_cache_validity d store.index-cache-validity
 congestion_control S store.congestion-control.
  enabled b =
  controller S /store.congestion-control.
   strategy s =
   aimd S strategy.aimd.
    start i =
    upper_bound i =
    backoff_factor f =
  retry S retry.
   strategy s =
   limit i strategy.limited.limit
  hedging S hedge.
   config S
    at d
    up_to i
    max_per_second i
   strategy s =
 object_prefix s store.object-prefix
 index_queries_cache_config *12 store.index-cache-read.
 disable_broad_index_queries b store.disable-broad-index-queries
 max_parallel_get_chunk i store.max-parallel-get-chunk
 use_thanos_objstore b =
 object_store S object-store.
  s3 S s3.
   endpoint s =
   region s =
   bucket_name s =
   secret_access_key A =
   access_key_id s =
   session_token A =
   insecure b =
   list_objects_version s =
   bucket_lookup_type A =
   dualstack_enabled b =
   storage_class s =
   native_aws_auth_enabled b =
   part_size i =
   send_content_md5 b =
   sts_endpoint s =
   max_retries i =
   sse *2 sse.
   http *3 /object-store.s3.
   trace S trace.
    enabled b =
  gcs *4 gcs.
  azure *5 azure.
  swift S swift.
   application_credential_id s =
   application_credential_name s =
   application_credential_secret A =
   auth_version i =
   auth_url s =
   username s =
   user_domain_name s =
   user_domain_id s =
   user_id s =
   password A =
   domain_id s =
   domain_name s =
   project_id s =
   project_name s =
   project_domain_id s =
   project_domain_name s =
   region_name s =
   container_name s =
   max_retries i =
   connect_timeout d =
   request_timeout d =
   http *3 /object-store.swift.
  filesystem S filesystem.
   dir s =
  alibaba *6 oss.
  bos *7 bos.
  storage_prefix s =
  named_stores S
   azure M
    {} S
     account_name s
     account_key A
     connection_string A
     container_name s
     endpoint_suffix s
     max_retries i
     user_assigned_id s
     chunk_delimiter s
   filesystem M
    {} S
     dir s
   gcs M
    {} S
     bucket_name s
     service_account A
     chunk_buffer_size i
     max_retries i
   s3 M
    {} S
     endpoint s
     region s
     bucket_name s
     secret_access_key A
     access_key_id s
     session_token A
     insecure b
     list_objects_version s
     bucket_lookup_type A
     dualstack_enabled b
     storage_class s
     native_aws_auth_enabled b
     part_size i
     send_content_md5 b
     sts_endpoint s
     max_retries i
     sse *31
     http *32
     trace S
      enabled b
   swift M
    {} S
     application_credential_id s
     application_credential_name s
     application_credential_secret A
     auth_version i
     auth_url s
     username s
     user_domain_name s
     user_domain_id s
     user_id s
     password A
     domain_id s
     domain_name s
     project_id s
     project_name s
     project_domain_id s
     project_domain_name s
     region_name s
     container_name s
     max_retries i
     connect_timeout d
     request_timeout d
     http *32
 max_chunk_batch_size i store.max-chunk-batch-size
 boltdb_shipper S boltdb.shipper.
  active_index_directory s =
  cache_location s =
  cache_ttl d =
  resync_interval d =
  query_ready_num_days i =
  index_gateway_client S index-gateway-client.
   grpc_client_config S grpc.
    max_recv_msg_size i grpc-max-recv-msg-size
    max_send_msg_size i grpc-max-send-msg-size
    grpc_compression s =
    rate_limit f grpc-client-rate-limit
    rate_limit_burst i grpc-client-rate-limit-burst
    backoff_on_ratelimits b =
    backoff_config *14 /boltdb.shipper.index-gateway-client.grpc.
    initial_stream_window_size B =
    initial_connection_window_size B =
    tls_enabled b =
    tls_cert_path s =
    tls_key_path s =
    tls_ca_path s =
    tls_server_name s =
    tls_insecure_skip_verify b =
    tls_cipher_suites s =
    tls_min_version s =
    connect_timeout d =
    connect_backoff_base_delay d =
    connect_backoff_max_delay d =
    cluster_validation S cluster-validation.
     label s =
   server_address s =
   log_gateway_requests b =
   time_based_sharding_buckets L =
  ingestername s
  mode s
  ingesterdbretainperiod d
  build_per_tenant_index b =
 tsdb_shipper S tsdb.shipper.
  active_index_directory s =
  cache_location s =
  cache_ttl d =
  resync_interval d =
  query_ready_num_days i =
  index_gateway_client S index-gateway-client.
   grpc_client_config S grpc.
    max_recv_msg_size i grpc-max-recv-msg-size
    max_send_msg_size i grpc-max-send-msg-size
    grpc_compression s =
    rate_limit f grpc-client-rate-limit
    rate_limit_burst i grpc-client-rate-limit-burst
    backoff_on_ratelimits b =
    backoff_config *14 /tsdb.shipper.index-gateway-client.grpc.
    initial_stream_window_size B =
    initial_connection_window_size B =
    tls_enabled b =
    tls_cert_path s =
    tls_key_path s =
    tls_ca_path s =
    tls_server_name s =
    tls_insecure_skip_verify b =
    tls_cipher_suites s =
    tls_min_version s =
    connect_timeout d =
    connect_backoff_base_delay d =
    connect_backoff_max_delay d =
    cluster_validation S cluster-validation.
     label s =
   server_address s =
   log_gateway_requests b =
   time_based_sharding_buckets L =
  ingestername s
  mode s
  ingesterdbretainperiod d
 bloom_shipper S bloom.
  working_directory A shipper.working-directory
  max_query_page_size B =
  download_parallelism i =
  blocks_cache S blocks-cache.
   soft_limit B =
   hard_limit B =
   ttl d =
  metas_cache *12 metas-cache.
  metas_lru_cache *13 metas-lru-cache.
  memory_management S memory-management.
   bloom_page_alloc_type s alloc-type
   bloom_page_mem_pool_buckets A mem-pool-buckets
chunk_store_config S store.
 chunk_cache_config *12 chunks-cache.
 chunk_cache_config_l2 *12 chunks-cache-l2.
 write_dedupe_cache_config *12 index-cache-write.
 skip_query_writeback_cache_older_than d skip-query-writeback-older-than
 l2_chunk_cache_handoff d chunks-cache-l2.handoff
 cache_lookups_older_than p =
schema_config S
 configs L
  [] S
   from A
   store s
   object_store s
   schema s
   index S
    path_prefix s
    prefix s
    period d
    tags A
   chunks S
    prefix s
    period d
    tags A
   row_shards i
compactor S compactor.
 working_directory s = /var/loki/compactor
 compaction_interval d = 10m0s
 apply_retention_interval d = 0s
 retention_enabled b = false
 retention_delete_delay d = 2h0m0s
 retention_delete_worker_count i = 150
 retention_table_timeout d = 0s
 retention_backoff_config S retention-backoff-config.
  min_period d backoff-min-period 100ms
  max_period d backoff-max-period 10s
  max_retries i backoff-retries 10
 delete_request_store s =
 delete_request_store_key_prefix s delete-request-store.key-prefix index/
 delete_request_store_db_type s delete-request-store.db-type boltdb
 backup_delete_request_store_db_type s delete-request-store.backup-db-type
 delete_batch_size i = 70
 delete_request_cancel_period d = 24h0m0s
 delete_max_interval d = 24h0m0s
 deletion_ignore_missing_chunks b = false
 max_compaction_parallelism i = 1
 upload_parallelism i = 10
 compactor_ring S ring.
  kvstore S /compactor.ring.
   store s = consul
   prefix s = collectors/
   consul S consul.
    host s hostname localhost:8500
    acl_token A =
    http_client_timeout d client-timeout 20s
    consistent_reads b = false
    watch_rate_limit f = 1
    watch_burst_size i = 1
    cas_retry_delay d = 1s
   etcd S etcd.
    endpoints L = []
    dial_timeout d = 10s
    max_retries i = 10
    tls_enabled b = false
    tls_cert_path s =
    tls_key_path s =
    tls_ca_path s =
    tls_server_name s =
    tls_insecure_skip_verify b = false
    tls_cipher_suites s =
    tls_min_version s =
    username s =
    password A =
   multi S multi.
    primary s =
    secondary s =
    mirror_enabled b = false
    mirror_timeout d = 2s
  heartbeat_period d = 15s
  heartbeat_timeout d = 1m0s
  tokens_file_path s =
  zone_awareness_enabled b = false
  num_tokens i = 1
  replication_factor i = 1
  instance_id s = vm
  instance_interface_names L = [eth0]
  instance_port i = 0
  instance_addr s =
  instance_availability_zone s =
  instance_enable_ipv6 b = false
 _ b run-once false
 tables_to_compact i = 0
 skip_latest_n_tables i = 0
 horizontal_scaling_mode s = disabled
 worker_config S worker.
  num_sub_workers i = 4
 jobs_config S jobs.deletion.
  deletion S /compactor.jobs.deletion.
   deletion_manifest_store_prefix s = __deletion_manifest__/
   chunk_processing_concurrency i = 3
   timeout d = 15m0s
   max_retries i = 3
 deletion_marker_object_store_prefix s =
compactor_client S compactor.client.
 tls_enabled b =
 tls_cert_path s =
 tls_key_path s =
 tls_ca_path s =
 tls_server_name s =
 tls_insecure_skip_verify b =
 tls_cipher_suites s =
 tls_min_version s =
compactor_grpc_client S compactor.grpc-client.
 max_recv_msg_size i grpc-max-recv-msg-size
 max_send_msg_size i grpc-max-send-msg-size
 grpc_compression s =
 rate_limit f grpc-client-rate-limit
 rate_limit_burst i grpc-client-rate-limit-burst
 backoff_on_ratelimits b =
 backoff_config *14 /compactor.grpc-client.
 initial_stream_window_size B =
 initial_connection_window_size B =
 tls_enabled b =
 tls_cert_path s =
 tls_key_path s =
 tls_ca_path s =
 tls_server_name s =
 tls_insecure_skip_verify b =
 tls_cipher_suites s =
 tls_min_version s =
 connect_timeout d =
 connect_backoff_base_delay d =
 connect_backoff_max_delay d =
 cluster_validation S cluster-validation.
  label s =
limits_config S
 ingestion_rate_strategy s distributor.ingestion-rate-limit-strategy global
 ingestion_rate_mb f distributor.ingestion-rate-limit-mb 4
 ingestion_burst_size_mb f distributor.ingestion-burst-size-mb 6
 max_label_name_length i validation.max-length-label-name 1024
 max_label_value_length i validation.max-length-label-value 2048
 max_label_names_per_series i validation.max-label-names-per-series 15
 reject_old_samples b validation.reject-old-samples true
 reject_old_samples_max_age p validation.reject-old-samples.max-age 1w
 creation_grace_period p validation.create-grace-period 10m
 max_line_size Z distributor.max-line-size 256KB
 max_line_size_truncate b distributor.max-line-size-truncate false
 max_line_size_truncate_identifier s distributor.max-line-size-truncate-identifier
 increment_duplicate_timestamp b validation.increment-duplicate-timestamps false
 simulated_push_latency d limits.simulated-push-latency 0s
 enable_multi_variant_queries b limits.enable-multi-variant-queries false
 discover_generic_fields S
  fields M
   {} L
 discover_service_name L validation.discover-service-name [service app application app_name name app_kubernetes_io_name container container_name k8s_container_name component workload job k8s_job_name]
 discover_log_levels b validation.discover-log-levels true
 log_level_fields L validation.log-level-fields [level LEVEL Level log.level severity SEVERITY Severity SeverityText lvl LVL Lvl severity_text Severity_Text SEVERITY_TEXT]
 log_level_from_json_max_depth i validation.log-level-from-json-max-depth 2
 use_owned_stream_count b ingester.use-owned-stream-count false
 max_streams_per_user i ingester.max-streams-per-user 0
 max_global_streams_per_user i ingester.max-global-streams-per-user 5000
 unordered_writes b ingester.unordered-writes true
 per_stream_rate_limit Z ingester.per-stream-rate-limit 3MB
 per_stream_rate_limit_burst Z ingester.per-stream-rate-limit-burst 15MB
 max_chunks_per_query i store.query-chunk-limit 2000000
 max_query_series i querier.max-query-series 500
 max_query_lookback p querier.max-query-lookback 0s
 max_query_length p store.max-query-length 30d1h
 max_query_range p querier.max-query-range 0s
 max_query_parallelism i querier.max-query-parallelism 32
 tsdb_max_query_parallelism i querier.tsdb-max-query-parallelism 128
 tsdb_max_bytes_per_shard Z querier.tsdb-max-bytes-per-shard 600MB
 tsdb_sharding_strategy s limits.tsdb-sharding-strategy power_of_two
 tsdb_precompute_chunks b querier.tsdb-precompute-chunks false
 cardinality_limit i store.cardinality-limit 100000
 max_streams_matchers_per_query i querier.max-streams-matcher-per-query 1000
 max_concurrent_tail_requests i querier.max-concurrent-tail-requests 10
 max_entries_limit_per_query i validation.max-entries-limit 5000
 max_cache_freshness_per_query p frontend.max-cache-freshness 10m
 max_metadata_cache_freshness p frontend.max-metadata-cache-freshness 1d
 max_stats_cache_freshness p frontend.max-stats-cache-freshness 10m
 max_queriers_per_tenant i frontend.max-queriers-per-tenant 0
 max_query_capacity f frontend.max-query-capacity 0
 query_ready_index_num_days i store.query-ready-index-num-days 0
 query_timeout p querier.query-timeout 1m
 split_queries_by_interval p querier.split-queries-by-interval 1h
 split_metadata_queries_by_interval p querier.split-metadata-queries-by-interval 1d
 split_recent_metadata_queries_by_interval p experimental.querier.split-recent-metadata-queries-by-interval 1h
 recent_metadata_query_window p experimental.querier.recent-metadata-query-window 0s
 split_instant_metric_queries_by_interval p querier.split-instant-metric-queries-by-interval 1h
 engine_results_cache_time_bucket_interval p querier.engine-results-cache-time-bucket-interval 1d
 split_ingester_queries_by_interval p querier.split-ingester-queries-by-interval 0s
 min_sharding_lookback p frontend.min-sharding-lookback 0s
 max_query_bytes_read Z frontend.max-query-bytes-read 0B
 max_querier_bytes_read Z frontend.max-querier-bytes-read 150GB
 volume_enabled b limits.volume-enabled true
 volume_max_series i limits.volume-max-series 1000
 ruler_max_rules_per_rule_group i ruler.max-rules-per-rule-group 0
 ruler_max_rule_groups_per_tenant i ruler.max-rule-groups-per-tenant 0
 ruler_alertmanager_config S
  alertmanager_url s
  enable_alertmanager_discovery b
  alertmanager_refresh_interval d
  enable_alertmanager_v2 b
  alert_relabel_configs L
   [] *22
  notification_queue_capacity i
  notification_timeout d
  alertmanager_client S
   tls_cert_path s
   tls_key_path s
   tls_ca_path s
   tls_server_name s
   tls_insecure_skip_verify b
   tls_cipher_suites s
   tls_min_version s
   basic_auth_username s
   basic_auth_password A
   type s
   credentials A
   credentials_file s
 ruler_tenant_shard_size i ruler.tenant-shard-size 0
 ruler_enable_wal_replay b ruler.enable-wal-replay true
 ruler_remote_write_disabled b
 ruler_remote_write_url s
 ruler_remote_write_timeout d
 ruler_remote_write_headers A
 ruler_remote_write_relabel_configs L
  [] S
   source_labels L
   separator s
   regex s
   modulus i
   target_label s
   replacement s
   action s
 ruler_remote_write_queue_capacity i
 ruler_remote_write_queue_min_shards i
 ruler_remote_write_queue_max_shards i
 ruler_remote_write_queue_max_samples_per_send i
 ruler_remote_write_queue_batch_send_deadline d
 ruler_remote_write_queue_min_backoff d
 ruler_remote_write_queue_max_backoff d
 ruler_remote_write_queue_retry_on_ratelimit b
 ruler_remote_write_sigv4_config S
  region s
  access_key s
  secret_key A
  profile s
  role_arn s
 ruler_remote_write_config M
  {} *23
 ruler_remote_evaluation_timeout d
 ruler_remote_evaluation_max_response_size i
 deletion_mode s compactor.deletion-mode filter-and-delete
 retention_period p store.retention 0s
 retention_stream L
  [] S
   period p
   priority i
   selector s
 per_tenant_override_config s limits.per-user-override-config
 per_tenant_override_period p limits.per-user-override-period 10s
 allow_deletes b
 shard_streams S shard-streams.
  enabled b = true
  time_sharding_enabled b = false
  time_sharding_ignore_recent d = 40m0s
  logging_enabled b = false
  desired_rate Z = 1536KB
 blocked_queries L
  [] S
   pattern s
   regex b
   hash i
   types A
   query_tags M
    {} s
 required_labels L
 minimum_labels_number i
 index_gateway_shard_size i index-gateway.shard-size 0
 index_gateway_max_capacity f index-gateway.max-capacity 1
 bloom_gateway_enable_filtering b bloom-gateway.enable-filtering false
 bloom_build_max_builders i bloom-build.max-builders 0
 bloom_build_task_max_retries i bloom-build.task-max-retries 3
 bloom_build_builder_response_timeout d bloom-build.builder-response-timeout 0s
 bloom_creation_enabled b bloom-build.enable false
 bloom_planning_strategy s bloom-build.planning-strategy split_keyspace_by_factor
 bloom_split_series_keyspace_by i bloom-build.split-keyspace-by 256
 bloom_task_target_series_chunk_size Z bloom-build.split-target-series-chunk-size 20GB
 bloom_block_encoding s bloom-build.block-encoding none
 bloom_prefetch_blocks b bloom-build.prefetch-blocks false
 bloom_max_block_size Z bloom-build.max-block-size 200MB
 bloom_max_bloom_size Z bloom-build.max-bloom-size 128MB
 allow_structured_metadata b validation.allow-structured-metadata true
 max_structured_metadata_size Z limits.max-structured-metadata-size 64KB
 max_structured_metadata_entries_count i limits.max-structured-metadata-entries-count 128
 otlp_config S
  resource_attributes S
   ignore_defaults b
   attributes_config L
    [] *33
  scope_attributes L
   [] *33
  log_attributes L
   [] *33
  severity_text_as_label b
 block_ingestion_policy_until M
  {} A
 block_ingestion_until A limits.block-ingestion-until 0
 block_ingestion_status_code i limits.block-ingestion-status-code 260
 enforced_labels L validation.enforced-labels []
 policy_enforced_labels M
  {} L
 policy_stream_mapping M
  {} L
   [] S
    priority i
    selector s
 policy_override_limits M
  {} S
   max_streams_per_user i
   max_global_streams_per_user i
 ingestion_partitions_tenant_shard_size i limits.ingestion-partition-tenant-shard-size 0
 shard_aggregations L
 pattern_ingester_tokenizable_json_fields_default A limits.pattern-ingester-tokenizable-json-fields log,message,msg,msg_,_msg,content
 pattern_ingester_tokenizable_json_fields_append A limits.pattern-ingester-tokenizable-json-fields-append
 pattern_ingester_tokenizable_json_fields_delete A limits.pattern-ingester-tokenizable-json-fields-delete
 metric_aggregation_enabled b limits.aggregation-enabled false
 pattern_persistence_enabled b limits.pattern-persistence-enabled false
 pattern_persistence_granularity p limits.pattern-persistence-granularity 0s
 pattern_rate_threshold f limits.pattern-rate-threshold 1
 s3_sse_type s
 s3_sse_kms_key_id s
 s3_sse_kms_encryption_context s
 max_scan_task_parallelism i limits.max-scan-task-parallelism 0
 debug_engine_tasks b limits.debug-engine-tasks false
 debug_engine_streams b limits.debug-engine-streams false
frontend_worker S querier.
 frontend_address s =
 scheduler_address s =
 dns_lookup_duration d dns-lookup-period
 id s =
 query_frontend_grpc_client S frontend-grpc-client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /querier.frontend-grpc-client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 grpc_client_config S frontend-client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /querier.frontend-client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 query_scheduler_grpc_client S scheduler-grpc-client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /querier.scheduler-grpc-client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
table_manager S table-manager.
 throughput_updates_disabled b =
 retention_deletes_enabled b =
 retention_period p =
 poll_interval d =
 creation_grace_period d periodic-table.grace-period
 index_tables_provisioning *34 index-table.
 chunk_tables_provisioning *34 chunk-table.
memberlist S memberlist.
 node_name s nodename
 randomize_node_name b =
 stream_timeout d =
 retransmit_factor i =
 pull_push_interval d pullpush-interval
 gossip_interval d =
 gossip_nodes i =
 gossip_to_dead_nodes_time d =
 dead_node_reclaim_time d =
 compression_enabled b =
 notify_interval d =
 advertise_addr s =
 advertise_port i =
 cluster_label s =
 cluster_label_verification_disabled b =
 join_members A join
 min_join_backoff d =
 max_join_backoff d =
 max_join_retries i =
 abort_if_cluster_fast_join_fails b abort-if-fast-join-fails
 abort_if_cluster_fast_join_fails_min_nodes i abort-if-fast-join-fails-min-nodes
 abort_if_cluster_join_fails b abort-if-join-fails
 rejoin_interval d =
 rejoin_seed_nodes A =
 left_ingesters_timeout d =
 obsolete_entries_timeout d =
 leave_timeout d =
 broadcast_timeout_for_local_updates_on_shutdown d =
 message_history_buffer_bytes i =
 watch_prefix_buffer_size i =
 bind_addr L = []
 bind_port i = 7946
 packet_dial_timeout d =
 packet_write_timeout d =
 max_concurrent_writes i =
 acquire_writer_timeout d =
 tls_enabled b =
 tls_cert_path s =
 tls_key_path s =
 tls_ca_path s =
 tls_server_name s =
 tls_insecure_skip_verify b =
 tls_cipher_suites s =
 tls_min_version s =
 zone_aware_routing S zone-aware-routing.
  enabled b =
  instance_availability_zone s =
  role s =
kafka_config S kafka.
 address s
 topic s =
 client_id s
 dial_timeout d =
 write_timeout d =
 reader_config S reader.
  address s =
  client_id s =
 writer_config S writer.
  address s =
  client_id s =
 sasl_username s =
 sasl_password A =
 consumer_group s =
 consumer_group_offset_commit_interval d =
 last_produced_offset_retry_timeout d =
 auto_create_topic_enabled b =
 auto_create_topic_default_partitions i =
 producer_max_record_size_bytes i =
 producer_max_buffered_bytes i =
 max_consumer_lag_at_startup d =
 max_consumer_workers i =
 enable_kafka_histograms b =
 tracing_enabled b =
dataobj S
 consumer S dataobj-consumer.
  builderconfig S /dataobj-consumer.
   target_page_size B =
   max_page_rows i =
   target_object_size B target-builder-memory-limit
   target_section_size B =
   buffer_size B =
   section_stripe_merge_limit i =
   dataobj_sort_order s =
  lifecycler S /dataobj-consumer.
   ring S /dataobj-consumer.
    kvstore *8 /dataobj-consumer.
    heartbeat_timeout d ring.heartbeat-timeout
    replication_factor i distributor.replication-factor
    zone_awareness_enabled b distributor.zone-awareness-enabled
    excluded_zones A distributor.excluded-zones
   num_tokens i =
   heartbeat_period d =
   heartbeat_timeout d =
   observe_period d =
   join_after d =
   min_ready_duration d =
   interface_names L lifecycler.interface
   enable_inet6 b =
   final_sleep d =
   tokens_file_path s =
   availability_zone s =
   unregister_on_shutdown b =
   readiness_check_ring_health b =
   address s lifecycler.addr
   port i lifecycler.port
   id s lifecycler.ID
  partition_ring S partition-ring.
   kvstore *8 /dataobj-consumer.partition-ring.
   min_partition_owners_count i =
   min_partition_owners_duration d =
   delete_inactive_partition_after d =
   shuffle_shard_cache_size i =
  uploader S /dataobj-consumer.
   shaprefixsize i sha-prefix-size
  idle_flush_timeout d =
  max_builder_age d =
  topic s =
 index S dataobj-index-builder.
  target_page_size B =
  max_page_rows i =
  target_object_size B target-builder-memory-limit
  target_section_size B =
  buffer_size B =
  section_stripe_merge_limit i =
  events_per_index i =
  flush_interval d =
  max_idle_time d =
 metastore S dataobj-metastore.
  index_storage_prefix s =
  partition_ratio i =
 storage_bucket_prefix s dataobj-storage-bucket-prefix
 enabled b dataobj.enabled
ingest_limits S ingest-limits.
 enabled b =
 active_window d =
 rate_window d =
 bucket_size d =
 eviction_interval d =
 num_partitions i =
 lifecycler S /ingest-limits.
  ring S /ingest-limits.
   kvstore *8 /ingest-limits.
   heartbeat_timeout d ring.heartbeat-timeout
   replication_factor i distributor.replication-factor
   zone_awareness_enabled b distributor.zone-awareness-enabled
   excluded_zones A distributor.excluded-zones
  num_tokens i =
  heartbeat_period d =
  heartbeat_timeout d =
  observe_period d =
  join_after d =
  min_ready_duration d =
  interface_names L lifecycler.interface
  enable_inet6 b =
  final_sleep d =
  tokens_file_path s =
  availability_zone s =
  unregister_on_shutdown b =
  readiness_check_ring_health b =
  address s lifecycler.addr
  port i lifecycler.port
  id s lifecycler.ID
 consumer_group s =
 topic s =
ingest_limits_frontend S ingest-limits-frontend.
 client_config S /ingest-limits-frontend.
  grpc_client_config S limits-client.
   max_recv_msg_size i grpc-max-recv-msg-size
   max_send_msg_size i grpc-max-send-msg-size
   grpc_compression s =
   rate_limit f grpc-client-rate-limit
   rate_limit_burst i grpc-client-rate-limit-burst
   backoff_on_ratelimits b =
   backoff_config *14 /ingest-limits-frontend.limits-client.
   initial_stream_window_size B =
   initial_connection_window_size B =
   tls_enabled b =
   tls_cert_path s =
   tls_key_path s =
   tls_ca_path s =
   tls_server_name s =
   tls_insecure_skip_verify b =
   tls_cipher_suites s =
   tls_min_version s =
   connect_timeout d =
   connect_backoff_base_delay d =
   connect_backoff_max_delay d =
   cluster_validation S cluster-validation.
    label s =
  pool_config *36 /ingest-limits-frontend.
 lifecycler S /ingest-limits-frontend.
  ring S /ingest-limits-frontend.
   kvstore *8 /ingest-limits-frontend.
   heartbeat_timeout d ring.heartbeat-timeout
   replication_factor i distributor.replication-factor
   zone_awareness_enabled b distributor.zone-awareness-enabled
   excluded_zones A distributor.excluded-zones
  num_tokens i =
  heartbeat_period d =
  heartbeat_timeout d =
  observe_period d =
  join_after d =
  min_ready_duration d =
  interface_names L lifecycler.interface
  enable_inet6 b =
  final_sleep d =
  tokens_file_path s =
  availability_zone s =
  unregister_on_shutdown b =
  readiness_check_ring_health b =
  address s lifecycler.addr
  port i lifecycler.port
  id s lifecycler.ID
 num_partitions i =
 assigned_partitions_cache_enabled b =
 assigned_partitions_cache_ttl d =
 accepted_streams_cache_enabled b =
 accepted_streams_cache_ttl d =
 accepted_streams_cache_ttl_jitter d =
ingest_limits_frontend_client S ingest-limits-frontend-client.
 grpc_client_config S /ingest-limits-frontend-client.
  max_recv_msg_size i grpc-max-recv-msg-size
  max_send_msg_size i grpc-max-send-msg-size
  grpc_compression s =
  rate_limit f grpc-client-rate-limit
  rate_limit_burst i grpc-client-rate-limit-burst
  backoff_on_ratelimits b =
  backoff_config *14 /ingest-limits-frontend-client.
  initial_stream_window_size B =
  initial_connection_window_size B =
  tls_enabled b =
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b =
  tls_cipher_suites s =
  tls_min_version s =
  connect_timeout d =
  connect_backoff_base_delay d =
  connect_backoff_max_delay d =
  cluster_validation S cluster-validation.
   label s =
 pool_config *36 /ingest-limits-frontend-client.
runtime_config S runtime-config.
 period d reload-period
 file A =
operational_config S operation-config.
 log_stream_creation b =
 log_push_request b =
 log_hash_of_labels b =
 log_push_request_streams b =
 filter_push_request_streams_ips L =
 log_service_name_discovery b =
 log_duplicate_metrics b =
 log_duplicate_stream_info b =
 limited_log_push_errors b =
tracing S tracing.
 enabled b =
analytics S reporting.
 reporting_enabled b enabled true
 usage_stats_url s = https://stats.grafana.org/loki-usage-report
 proxy_url s =
 tls_config S tls-config.
  tls_cert_path s =
  tls_key_path s =
  tls_ca_path s =
  tls_server_name s =
  tls_insecure_skip_verify b = false
  tls_cipher_suites s =
  tls_min_version s =
profiling S profiling.
 block_profile_rate i =
 cpu_profile_rate i =
 mutex_profile_fraction i =
tenant_limits_allow_publish L limits.tenant-limits-allow-publish
legacy_read_target b legacy-read-mode
common S common.
 path_prefix s =
 storage S storage.
  s3 S s3.
   s3 A url
   s3forcepathstyle b force-path-style
   bucketnames s buckets
   endpoint s =
   region s =
   access_key_id s =
   secret_access_key A =
   session_token A =
   insecure b =
   chunk_delimiter s =
   http_config *18 http.
   signature_version s =
   storage_class s =
   sse *2 sse.
   backoff_config *19 /common.storage.s3.
   disable_dualstack b =
  gcs *17 gcs.
  azure *15 azure.
  alibabacloud *16 oss.
  bos *20 bos.
  swift *21 swift.
  filesystem S filesystem.
   chunks_directory s chunk-directory
   rules_directory s =
  hedging *29 /common.storage.
  cos S cos.
   forcepathstyle b force-path-style
   bucketnames s buckets
   endpoint s =
   region s =
   access_key_id s =
   secret_access_key A =
   http_config S http.
    idle_conn_timeout d =
    response_header_timeout d =
   backoff_config *19 /common.storage.cos.
   api_key A =
   service_instance_id s =
   auth_endpoint s =
   cr_token_file_path s =
   trusted_profile_name s =
   trusted_profile_id s =
  congestion_control S congestion-control.
   enabled b =
   controller S /common.storage.congestion-control.
    strategy s =
    aimd S strategy.aimd.
     start i =
     upper_bound i =
     backoff_factor f =
   retry S retry.
    strategy s =
    limit i strategy.limited.limit
   hedging S hedge.
    config S
     at d
     up_to i
     max_per_second i
    strategy s =
  object_store S object-store.
   s3 S s3.
    endpoint s =
    region s =
    bucket_name s =
    secret_access_key A =
    access_key_id s =
    session_token A =
    insecure b =
    list_objects_version s =
    bucket_lookup_type A =
    dualstack_enabled b =
    storage_class s =
    native_aws_auth_enabled b =
    part_size i =
    send_content_md5 b =
    sts_endpoint s =
    max_retries i =
    sse *2 sse.
    http *3 /common.storage.object-store.s3.
    trace S trace.
     enabled b =
   gcs *4 gcs.
   azure *5 azure.
   swift S swift.
    application_credential_id s =
    application_credential_name s =
    application_credential_secret A =
    auth_version i =
    auth_url s =
    username s =
    user_domain_name s =
    user_domain_id s =
    user_id s =
    password A =
    domain_id s =
    domain_name s =
    project_id s =
    project_name s =
    project_domain_id s =
    project_domain_name s =
    region_name s =
    container_name s =
    max_retries i =
    connect_timeout d =
    request_timeout d =
    http *3 /common.storage.object-store.swift.
   filesystem S filesystem.
    dir s =
   alibaba *6 oss.
   bos *7 bos.
   storage_prefix s =
 persist_tokens b
 replication_factor i
 ring S storage.ring.
  kvstore *8 /common.storage.ring.
  heartbeat_period d =
  heartbeat_timeout d =
  tokens_file_path s =
  zone_awareness_enabled b =
  num_tokens i =
  replication_factor i =
  instance_id s =
  instance_interface_names L =
  instance_port i =
  instance_addr s =
  instance_availability_zone s =
  instance_enable_ipv6 b =
 instance_interface_names L
 instance_addr s
 compactor_address s =
 compactor_grpc_address s =
 scratch_path s =
shutdown_delay d =
metrics_namespace s =
verifyconfig b verify-config
printconfig b print-config-stderr
listtargets b list-targets
logconfig b log-config-reverse-order
configfile s config.file
configexpandenv b config.expand-env
&1
cert s
key A
client_ca s
cert_file s http-tls-cert-path
key_file s http-tls-key-path
client_auth_type s http-tls-client-auth
client_ca_file s http-tls-ca-path
&2
type s =
kms_key_id s =
kms_encryption_context s =
&3
idle_conn_timeout d http.idle-conn-timeout
response_header_timeout d http.response-header-timeout
insecure_skip_verify b http.insecure-skip-verify
tls_handshake_timeout d =
expect_continue_timeout d =
max_idle_connections i =
max_idle_connections_per_host i =
max_connections_per_host i =
tls_ca_path s http.tls-ca-path
tls_cert_path s http.tls-cert-path
tls_key_path s http.tls-key-path
tls_server_name s http.tls-server-name
&4
bucket_name s =
service_account A =
chunk_buffer_size i =
max_retries i =
&5
account_name s =
account_key A =
connection_string A =
container_name s =
endpoint_suffix s =
max_retries i =
user_assigned_id s =
chunk_delimiter s =
&6
endpoint s =
bucket s bucketname
access_key_id s =
access_key_secret A =
&7
bucket s =
endpoint s =
access_key s =
secret_key A =
&8
store s =
prefix s =
consul *9 consul.
etcd *10 etcd.
multi *11 multi.
&9
host s hostname
acl_token A =
http_client_timeout d client-timeout
consistent_reads b =
watch_rate_limit f =
watch_burst_size i =
cas_retry_delay d =
&10
endpoints L =
dial_timeout d =
max_retries i =
tls_enabled b =
tls_cert_path s =
tls_key_path s =
tls_ca_path s =
tls_server_name s =
tls_insecure_skip_verify b =
tls_cipher_suites s =
tls_min_version s =
username s =
password A =
&11
primary s =
secondary s =
mirror_enabled b =
mirror_timeout d =
&12
default_validity d =
background S background.
 writeback_goroutines i write-back-concurrency
 writeback_buffer i write-back-buffer
 writeback_size_limit Z write-back-size-limit
memcached S memcached.
 expiration d =
 batch_size i batchsize
 parallelism i =
memcached_client S memcached.
 host s hostname
 service s =
 addresses s =
 timeout d =
 max_idle_conns i =
 max_item_size i =
 update_interval d =
 consistent_hash b =
 circuit_breaker_consecutive_failures i =
 circuit_breaker_timeout d =
 circuit_breaker_interval d =
 tls_enabled b =
 tls_cert_path s =
 tls_key_path s =
 tls_ca_path s =
 tls_server_name s =
 tls_insecure_skip_verify b =
 tls_cipher_suites s =
 tls_min_version s =
redis S redis.
 endpoint s =
 master_name s =
 timeout d =
 expiration d =
 db i =
 pool_size i =
 username s =
 password A =
 tls_enabled b =
 tls_insecure_skip_verify b =
 idle_timeout d =
 max_connection_age d =
 route_randomly b =
embedded_cache *13 embedded-cache.
prefix s
&13
enabled b =
max_size_mb i =
max_size_items i =
ttl d =
&14
min_period d backoff-min-period
max_period d backoff-max-period
max_retries i backoff-retries
&15
environment s =
account_name s =
account_key A =
connection_string A =
container_name s =
active_directory_endpoint s =
endpoint_suffix s =
use_managed_identity b =
use_federated_token b =
user_assigned_id s =
use_service_principal b =
client_id s =
client_secret A =
tenant_id s =
chunk_delimiter s =
download_buffer_size i =
upload_buffer_size i =
upload_buffer_count i download-buffer-count
request_timeout d =
max_retries i =
min_retry_delay d =
max_retry_delay d =
&16
bucket s bucketname
endpoint s =
access_key_id s =
secret_access_key A =
conn_timeout_sec i =
read_write_timeout_sec i =
&17
bucket_name s bucketname
endpoint s =
service_account A =
chunk_buffer_size i =
request_timeout d =
enable_opencensus b =
enable_http2 b =
enable_retries b =
&18
timeout d =
idle_conn_timeout d =
response_header_timeout d =
insecure_skip_verify b =
ca_file s =
&19
min_period d min-backoff
max_period d max-backoff
max_retries i =
&20
bucket_name s =
endpoint s =
access_key_id s =
secret_access_key A =
&21
auth_version i =
auth_url s =
internal b =
username s =
user_domain_name s =
user_domain_id s =
user_id s =
password A =
domain_id s =
domain_name s =
project_id s =
project_name s =
project_domain_id s =
project_domain_name s =
region_name s =
container_name s =
max_retries i =
connect_timeout d =
request_timeout d =
http S http.
 tls_ca_path s =
&22
source_labels L
separator s
regex A
modulus i
target_label s
replacement s
action A
&23
url A
remote_timeout p
headers M
 {} s
write_relabel_configs L
 [] *22
name s
send_exemplars b
send_native_histograms b
round_robin_dns b
protobuf_message s
basic_auth *24
authorization *25
oauth2 *26
bearer_token A
bearer_token_file s
tls_config *27
follow_redirects b
enable_http2 b
proxy_url A
no_proxy s
proxy_from_environment b
proxy_connect_header M
 {} L
http_headers S
 {} S
  values L
  secrets L
  files L
queue_config S
 capacity i
 max_shards i
 min_shards i
 max_samples_per_send i
 batch_send_deadline p
 min_backoff p
 max_backoff p
 retry_on_http_429 b
 sample_age_limit p
metadata_config S
 send b
 send_interval p
 max_samples_per_send i
sigv4 S
 region s
 access_key s
 secret_key A
 profile s
 role_arn s
 external_id s
 use_fips_sts_endpoint b
 service_name s
azuread S
 managed_identity S
  client_id s
 workload_identity S
  client_id s
  tenant_id s
  token_file_path s
 oauth S
  client_id s
  client_secret A
  tenant_id s
 sdk S
  tenant_id s
 certificate S
  client_id s
  tenant_id s
  certificate_path s
  certificate_key_path s
  certificate_password A
  send_certificate_chain b
 cloud s
 scope s
google_iam S
 credentials_file s
&24
username s
username_file s
username_ref s
password A
password_file s
password_ref s
&25
type s
credentials A
credentials_file s
credentials_ref s
&26
client_id s
client_secret A
client_secret_file s
client_secret_ref s
client_certificate_key_id s
client_certificate_key A
client_certificate_key_file s
client_certificate_key_ref s
grant_type s
signature_algorithm s
iss s
audience s
claims M
 {} A
scopes L
token_url s
endpoint_params M
 {} s
tls_config *27
proxy_url A
no_proxy s
proxy_from_environment b
proxy_connect_header M
 {} L
&27
ca s
cert s
key A
ca_file s
cert_file s
key_file s
ca_ref s
cert_ref s
key_ref s
server_name s
insecure_skip_verify b
min_version A
max_version A
&28
basic_auth *24
authorization *25
oauth2 *26
bearer_token A
bearer_token_file s
tls_config *27
follow_redirects b
enable_http2 b
proxy_url A
no_proxy s
proxy_from_environment b
proxy_connect_header M
 {} L
http_headers S
 {} S
  values L
  secrets L
  files L
&29
at d hedge-requests-at
up_to i hedge-requests-up-to
max_per_second i hedge-max-per-second
&30
min_period d
max_period d
max_retries i
&31
type s
kms_key_id s
kms_encryption_context s
&32
idle_conn_timeout d
response_header_timeout d
insecure_skip_verify b
tls_handshake_timeout d
expect_continue_timeout d
max_idle_connections i
max_idle_connections_per_host i
max_connections_per_host i
tls_ca_path s
tls_cert_path s
tls_key_path s
tls_server_name s
&33
action s
attributes L
regex A
&34
enable_ondemand_throughput_mode b =
provisioned_write_throughput i write-throughput
provisioned_read_throughput i read-throughput
write_scale *35 write-throughput.scale.
read_scale *35 read-throughput.scale.
enable_inactive_throughput_on_demand_mode b inactive-enable-ondemand-throughput-mode
inactive_write_throughput i =
inactive_read_throughput i =
inactive_write_scale *35 inactive-write-throughput.scale.
inactive_read_scale *35 inactive-read-throughput.scale.
inactive_write_scale_lastn i inactive-write-throughput.scale-last-n
inactive_read_scale_lastn i inactive-read-throughput.scale-last-n
&35
enabled b =
role_arn s =
min_capacity i =
max_capacity i =
out_cooldown i =
in_cooldown i =
target f target-value
&36
client_cleanup_period d =
health_check_ingest_limits b =
remote_timeout d =
`;
