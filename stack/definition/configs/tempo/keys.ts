/**
 * Keys of Tempo's configuration, one a line, indented by their depth, `[]` for items of a list; `2.4-2.8`: the first and the last
 * minor version that has the key, where it is not in all from 2.0 to 3.1. `*n`: what follows `&n`. A letter after a
 * colon is the type as in `shared/key-table.ts`. A key without any below it is not looked into.
 *
 * @see https://grafana.com/docs/tempo/latest/configuration/
 */
export const TEMPO_KEYS = `
auth_enabled:b
autocomplete_filtering_enabled:b 2.2-2.5
backend_scheduler 2.8-
 backend_flush_interval:d 2.9-
 job_timeout:d
 local_work_path:s 2.9-
 maintenance_interval:d
 provider
  compaction
   backoff -2.8
    max_period:d
    max_retries:i
    min_period:d
   compaction *7
   max_compaction_level:i 2.9-
   max_input_blocks:i 2.9-
   max_jobs_per_tenant:i
   measure_interval:d
   min_cycle_interval:d 2.9-
   min_input_blocks:i 2.9-
  redaction 3.0-
   max_rescan_generations:i
   poll_interval:d
   rescan_delay:d
  retention
   interval:d
 tenant_measurement_interval:d -2.8
 work
  dead_job_timeout:d
  prune_age:d
backend_scheduler_client 2.8-
 grpc_client_config *5
backend_worker 2.8-
 backend_scheduler_addr:s
 backoff
  max_period:d
  max_retries:i
  min_period:d
 compaction *7
 finish_on_shutdown_timeout:d 2.9-
 override_ring_key:s
 ring
  enable_inet6:b
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
  wait_active_instance_timeout:d
  wait_stability_max_duration:d
  wait_stability_min_duration:d
block_builder 2.8-
 assigned_partitions
 block
  bloom_filter_false_positive:f -2.10
  bloom_filter_shard_size_bytes:i -2.10
  max_block_bytes:i
  parquet_dedicated_columns -2.10
   []
    name:s
    options 2.10-
    scope:s
    type:s
  parquet_row_group_size_bytes:i -2.10
  search_encoding -2.10
  search_page_size_bytes:i -2.10
  v2_encoding -2.10
  v2_index_downsample_bytes:i -2.10
  v2_index_page_size_bytes:i -2.10
  version:s -2.10
 consume_cycle_duration:d
 instance_id:s
 max_consuming_bytes:i
 partitions_per_instance:i 2.10-
 wal
  ingestion_time_range_slack:d
  path:s
  search_encoding -2.10
  v2_encoding -2.10
  version:s -2.10
cache 2.4-
 background
  writeback_buffer:i
  writeback_goroutines:i
 caches
  []
   memcached
   redis *4
   roles
compactor -2.10
 compaction
  block_retention:d
  compacted_block_retention:d
  compaction_cycle:d
  compaction_window:d
  max_block_bytes:i
  max_compaction_objects:i
  max_time_per_tenant:d
  retention_concurrency:i
  v2_in_buffer_bytes:i
  v2_out_buffer_bytes:i
  v2_prefetch_traces_count:i
 disabled:b
 override_ring_key:s
 ring
  enable_inet6:b 2.2-
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
  wait_active_instance_timeout:d
  wait_stability_max_duration:d
  wait_stability_min_duration:d
distributor
 artificial_delay:d 2.8-
 extend_writes:b -2.10
 forwarders
  []
   backend:s
   filter 2.3-
    traces
     span
     spanevent
   name:s
   otlpgrpc
    endpoints
    tls
     cert_file:s
     insecure:b
 ingester_write_path_enabled:b 2.9-2.10
 kafka_config 2.8- *3
 kafka_write_path_enabled:b 2.8-2.10
 log_discarded_spans 2.7-
  enabled:b
  filter_by_status_error:b
  include_all_attributes:b
 log_received_spans
  enabled:b
  filter_by_status_error:b
  include_all_attributes:b
 log_received_traces:b -2.2
 max_attribute_bytes:i 2.8-
 max_span_attr_byte:i 2.7-2.7
 metric_received_spans 2.3-
  enabled:b
  root_only:b
 override_ring_key:s
 receivers
 retry_after_on_resource_exhausted:d 2.3-
 ring
  enable_inet6:b 2.8-
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
 search_tags_deny_list -2.0
 usage 2.7-
  cost_attribution
   enabled:b
   max_cardinality:i
   stale_duration:d
enable_go_runtime_metrics:b 2.1-
http_api_prefix:s
ingest 2.8-
 enabled:b -2.10
 kafka *3
ingester -2.10
 complete_block_timeout:d
 concurrent_flushes:i
 flush_all_on_shutdown:b 2.2-
 flush_check_period:d
 flush_object_storage:b 2.8-
 flush_op_timeout:d
 lifecycler
  address:s
  availability_zone:s
  enable_inet6:b 2.2-
  final_sleep:d
  heartbeat_period:d
  heartbeat_timeout:d
  id:s
  interface_names
  join_after:d
  min_ready_duration:d
  num_tokens:i
  observe_period:d
  port:i
  readiness_check_ring_health:b
  ring
   excluded_zones
   heartbeat_timeout:d
   kvstore
    consul
     acl_token
     cas_retry_delay:d
     consistent_reads:b
     host:s
     http_client_timeout:d
     watch_burst_size:i
     watch_rate_limit:f
    etcd
     dial_timeout:d
     endpoints
     max_retries:i
     password
     tls_ca_path
     tls_cert_path
     tls_cipher_suites
     tls_enabled:b
     tls_insecure_skip_verify
     tls_key_path
     tls_min_version
     tls_server_name
     username:s
    multi
     mirror_enabled:b
     mirror_timeout:d
     primary:s
     secondary:s
    prefix:s
    store:s
   replication_factor:i
   zone_awareness_enabled:b
  tokens_file_path:s
  unregister_on_shutdown:b
 max_block_bytes:i
 max_block_duration:d
 override_ring_key:s
 partition_ring 2.8-
  delete_inactive_partition_after:d
  kvstore *1
  min_partition_owners_count:i
  min_partition_owners_duration:d
 trace_idle_period:d
 trace_live_period:d 2.9-
ingester_client -2.10
 grpc_client_config *2
 pool_config
  checkinterval:d
  healthcheckenabled:b
  healthchecktimeout:d
  maxconcurrenthealthchecks:i 2.1-
 remote_timeout:d
internal_server 2.1-
 cluster_validation 2.8- *8
 create_new_traces:b 3.0-
 enable:b
 graceful_shutdown_timeout:d
 grpc_collect_max_streams_by_conn:b 2.9-
 grpc_listen_address:s
 grpc_listen_conn_limit:i
 grpc_listen_network:s
 grpc_listen_port:i
 grpc_server_keepalive_time:d
 grpc_server_keepalive_timeout:d
 grpc_server_max_concurrent_streams:i
 grpc_server_max_connection_age:d
 grpc_server_max_connection_age_grace:d
 grpc_server_max_connection_idle:d
 grpc_server_max_recv_msg_size:i
 grpc_server_max_send_msg_size:i
 grpc_server_min_time_between_pings:d
 grpc_server_num_workers:i 2.4-
 grpc_server_ping_without_stream_allowed:b
 grpc_server_read_buffer_size:i 3.0-
 grpc_server_recv_buffer_pools_enabled:b 2.6-
 grpc_server_stats_tracking_enabled:b 2.6-
 grpc_server_write_buffer_size:i 3.0-
 grpc_tls_config *6
 http_listen_address:s
 http_listen_conn_limit:i
 http_listen_network:s
 http_listen_port:i
 http_log_closed_connections_without_response_enabled:b 2.4-
 http_path_prefix:s
 http_server_idle_timeout:d
 http_server_read_header_timeout:d 2.4-
 http_server_read_timeout:d
 http_server_write_timeout:d
 http_tls_config *6
 log_format
 log_level
 log_request_at_info_level_enabled:b
 log_request_exclude_headers_list:s
 log_request_headers:b
 log_source_ips_enabled:b
 log_source_ips_full:b 2.5-
 log_source_ips_header:s
 log_source_ips_regex:s
 proxy_protocol_enabled:b 2.6-
 register_instrumentation:b
 report_grpc_codes_in_instrumentation_label_enabled:b 2.4-
 tls_cipher_suites:s
 tls_min_version:s
 trace_request_exclude_headers_list:s 2.9-
 trace_request_headers:b 2.9-
live_store 2.9-
 block_config -2.10
  bloom_filter_false_positive:f
  bloom_filter_shard_size_bytes:i
  parquet_dedicated_columns
   []
    name:s
    options 2.10-
    scope:s
    type:s
  parquet_row_group_size_bytes:i
  search_encoding
  search_page_size_bytes:i
  v2_encoding
  v2_index_downsample_bytes:i
  v2_index_page_size_bytes:i
  version:s
 block_reclaim_grace:d 3.0-
 commit_interval:d
 complete_block_concurrency:i
 complete_block_timeout:d
 fail_on_high_lag:b 3.0-
 flush_check_period:d
 flush_op_timeout:d
 max_block_bytes:i
 max_block_duration:d
 max_live_traces_bytes:i
 max_trace_idle:d
 max_trace_live:d
 metrics
  time_overlap_cutoff:f
 partition_ring
  delete_inactive_partition_after:d
  kvstore *1
  min_partition_owners_count:i
  min_partition_owners_duration:d
 query_block_concurrency:i
 readiness_max_wait:d 3.0-
 readiness_target_lag:d 3.0-
 remove_owner_on_shutdown:b 3.0-
 ring
  enable_inet6:b
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_id:s
  instance_interface_names
  instance_port:i
  instance_zone:s
  kvstore *1
 shutdown_marker_dir:s 2.10-
 wal 2.10-
  ingestion_time_range_slack:d
  path:s
  search_encoding -2.10
  v2_encoding -2.10
  version:s -2.10
live_store_client 2.9-
 grpc_client_config *5
 pool_config
  checkinterval:d
  healthcheckenabled:b
  healthcheckgraceperiod:d 3.0-
  healthchecktimeout:d
  maxconcurrenthealthchecks:i
 remote_timeout:d
memberlist
memory 3.0-
 automemlimit_enabled:b
 automemlimit_ratio:f
metrics_generator
 codec:s 2.8-
 disable_grpc:b 2.8-2.10
 disable_local_blocks:b 2.8-2.10
 ingest_concurrency:i 2.8-
 instance_id:s 2.8-
 leave_consumer_group_on_shutdown:b 3.0-
 limiter_type:s 2.10-
 metrics_ingestion_time_range_slack:d
 override_ring_key:s 2.2-
 processor
  host_info 2.8-
   host_identifiers
   metric_name:s
  local_blocks 2.2-2.10
   block
    bloom_filter_false_positive:f
    bloom_filter_shard_size_bytes:i
    parquet_dedicated_columns 2.3-
     []
      name:s
      options 2.10-
      scope:s
      type:s
    parquet_row_group_size_bytes:i
    search_encoding
    search_page_size_bytes:i
    v2_encoding
    v2_index_downsample_bytes:i
    v2_index_page_size_bytes:i
    version:s
   complete_block_timeout:d
   concurrency:i 2.8-
   concurrent_blocks:i 2.4-
   filter_server_spans:b 2.4-
   flush_check_period:d
   flush_to_storage:b 2.6-
   max_block_bytes:i
   max_block_duration:d
   max_live_traces:i
   max_live_traces_bytes:i 2.8-
   search *9
   time_overlap_cutoff:f 2.5-
   trace_idle_period:d
   trace_live_period:d 2.9-
  service_graphs
   database_name_attributes 2.10-
   dimensions
   enable_client_server_prefix:b 2.2-
   enable_messaging_system_latency_histogram:b 2.5-
   enable_tracestate_span_multiplier:b 3.0-
   enable_virtual_node_label:b 2.5-
   filter_policies 3.0-
    []
     exclude
      attributes
       []
        key:s
        value
      match_type:s
     include
      attributes
       []
        key:s
        value
      match_type:s
     include_any
      attributes
       []
        key:s
        value
      match_type:s
   histogram_buckets
   max_items:i
   peer_attributes 2.2-
   span_multiplier_key:s 2.1-
   wait:d
   workers:i
  span_metrics
   dimension_mappings 2.2-
    []
     join:s
     name:s
     source_labels
   dimensions
   enable_instance_label:b 2.10-
   enable_target_info:b 2.2-
   enable_tracestate_span_multiplier:b 3.0-
   filter_policies 2.2-
    []
     exclude
      attributes
       []
        key:s
        value
      match_type:s
     include
      attributes
       []
        key:s
        value
      match_type:s
     include_any 3.0-
      attributes
       []
        key:s
        value
      match_type:s
   histogram_buckets
   intrinsic_dimensions
    service:b
    span_kind:b
    span_name:b
    status_code:b
    status_message:b
   span_multiplier_key:s 2.1-
   subprocessors 2.2-3.0
   target_info_excluded_dimensions 2.3-
 query_timeout:d 2.2-2.10
 registry
  collection_interval:d
  external_labels
  inject_tenant_id_as:s 2.5-
  max_label_name_length:i
  max_label_value_length:i
  stale_duration:d
 ring
  enable_inet6:b 2.2-
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_id:s
  instance_interface_names
  instance_port:i 2.2-
  instance_zone:s 2.9-
  kvstore *1
 ring_mode:s 3.0-
 skip_stale_backlog_on_startup:b 3.1-
 storage
  path:s
  remote_write
  remote_write_add_org_id_header:b 2.3-
  remote_write_flush_deadline:d
  wal
   max_wal_time:i
   min_wal_time:i
   no_lockfile:b
   stripe_size:i
   truncate_frequency:d
   wal_compression
   wal_segment_size:i
 traces_query_storage 2.8-2.10
  ingestion_time_range_slack:d
  path:s
  search_encoding
  v2_encoding
  version:s
 traces_storage 2.2-2.10
  blocksfilepath:s -2.5
  completedfilepath:s -2.5
  ingestion_time_range_slack:d
  path:s
  search_encoding
  v2_encoding
  version:s
metrics_generator_client
 grpc_client_config -2.10 *2
 pool_config -2.10
  checkinterval:d
  healthcheckenabled:b
  healthchecktimeout:d
  maxconcurrenthealthchecks:i 2.1-
 remote_timeout:d -2.10
multitenancy_enabled:b
overrides
 defaults 2.3-
  compaction
   block_retention:p
   compaction_disabled:b 2.6-
   compaction_window:p 2.4-
  cost_attribution 2.7-
   dimensions
   max_cardinality:i
  forwarders
  global
   max_bytes_per_trace:i
  ingestion
   artificial_delay:d 2.8-
   burst_size_bytes:i
   max_attribute_bytes:i 2.8-
   max_global_traces_per_user:i
   max_traces_per_user:i
   rate_limit_bytes:i
   rate_strategy:s
   retry_info_enabled:b 2.10-
   tenant_shard_size:i 2.5-
  metrics_generator
   collection_interval:d
   disable_collection:b
   forwarder
    queue_size:i
    workers:i
   generate_native_histograms:s 2.6-
   ingestion_time_range_slack:d
   max_active_entities:i 2.10-
   max_active_series:i
   max_cardinality_per_label:i 3.0-
   native_histogram_bucket_factor:f 2.9-
   native_histogram_max_bucket_number:i 2.9-
   native_histogram_min_reset_duration:d 2.9-
   processor
    host_info 2.8-
     host_identifiers
     metric_name:s
    local_blocks -2.10
     complete_block_timeout:d
     flush_check_period:d
     max_block_bytes:i
     max_block_duration:d
     max_live_traces:i
     trace_idle_period:d
    service_graphs
     dimensions
     enable_client_server_prefix:b
     enable_messaging_system_latency_histogram:b 2.5-
     enable_tracestate_span_multiplier:b 3.0-
     enable_virtual_node_label:b 2.5-
     filter_policies 3.0-
      []
       exclude
        attributes
        match_type
       include
        attributes
        match_type
       include_any
        attributes
        match_type
     histogram_buckets
     peer_attributes
     span_multiplier_key:s 3.0-
    span_metrics
     dimension_mappings
      []
       join:s
       name:s
       source_labels
     dimensions
     enable_instance_label:b 2.10-
     enable_target_info:b
     enable_tracestate_span_multiplier:b 3.0-
     filter_policies
      []
       exclude
        attributes
        match_type
       include
        attributes
        match_type
       include_any 3.0-
        attributes
        match_type
     histogram_buckets
     intrinsic_dimensions
     span_multiplier_key:s 3.0-
     target_info_excluded_dimensions
   processors
   remote_write_headers 2.4-
   ring_size:i
   span_name_sanitization:s 3.0-
   trace_id_label_name:s 2.4-
  read
   engine_bytes_tracking:b 3.1-
   left_pad_trace_ids:b 3.0-
   max_blocks_per_tag_values_query:i
   max_bytes_per_tag_values_query:i
   max_condition_groups_per_tag_query:i 3.0-
   max_metrics_duration:p 2.5-
   max_search_duration:p
   metrics_spanonly_fetch:b 3.0-
   span_pruning_awareness:b 3.1-
   span_pruning_enabled:b 3.1-
   unsafe_query_hints:b 2.5-
  storage
   parquet_dedicated_columns
    []
     name:s
     options 2.10-
     scope:s
     type:s
 enable_legacy_overrides:b 3.0-
 per_tenant_override_config:s
 per_tenant_override_period:p
 user_configurable_overrides 2.2-
  api 2.4-
   check_for_conflicting_runtime_overrides:b
  client
   azure
    buffer_size:i
    container_name:s
    endpoint_suffix:s
    hedge_requests_at:d
    hedge_requests_up_to:i
    max_buffers:i
    prefix:s
    storage_account_key
    storage_account_name:s
    use_federated_token:b
    use_managed_identity:b
    use_v2_sdk:b 2.3-2.5
    user_assigned_id:s
   backend:s
   confirm_versioning:b 2.3-
   gcs
    bucket_name:s
    chunk_buffer_size:i
    endpoint:s
    hedge_requests_at:d
    hedge_requests_up_to:i
    insecure:b
    list_blocks_concurrency:i 2.4-
    max_retries:i 2.10-
    object_cache_control:s
    object_metadata
    prefix:s
   local
    path:s
   s3
    access_key:s
    bucket:s
    bucket_lookup_type:i
    enable_dual_stack:b 2.6-
    endpoint:s
    forcepathstyle:b
    hedge_requests_at:d
    hedge_requests_up_to:i
    insecure:b
    list_blocks_concurrency:i 2.4-
    metadata
    native_aws_auth_enabled:b 2.3-
    part_size:i
    prefix:s
    region:s
    retry_backoff_initial:d 3.0-
    retry_backoff_max:d 3.0-
    retry_max_attempts:i 3.0-
    secret_key
    session_token
    signature_v2:b
    sse 2.8-
     encryption_key 2.10-
     kms_encryption_context:s
     kms_key_id:s
     type:s
    storage_class:s
    tags
    tls_ca_path:s
    tls_cert_path:s
    tls_cipher_suites:s
    tls_insecure_skip_verify:b
    tls_key_path:s
    tls_min_version:s
    tls_server_name:s
  enabled:b
  poll_interval:d
partition_ring_live_store:b 2.9-2.10
querier
 extra_query_delay:d
 frontend_worker
  dns_lookup_duration:d
  frontend_address:s
  grpc_client_config *2
  id:s
  match_max_concurrent:b
  parallelism:i
 max_concurrent_queries:i
 metrics 2.5-
  concurrent_blocks:i
  time_overlap_cutoff:f
 partition_ring 2.9-
  hedging_delay:d
  minimize_requests:b
  preferred_zone:s
 query_live_store:b 2.10-2.10
 query_relevant_ingesters:b
 search
  external_backend:s 2.2-2.7
  external_endpoints -2.7
  external_hedge_requests_at:d -2.7
  external_hedge_requests_up_to:i -2.7
  google_cloud_run 2.2-2.7
   external_endpoints
   noauth:b
  prefer_self:i -2.7
  query_timeout:d
 secondary_ingester_ring:s 2.2-
 shuffle_sharding_ingesters_enabled:b 2.5-
 shuffle_sharding_ingesters_lookback_period:d 2.5-
 trace_by_id
  external 2.10-
   endpoint:s
   timeout:d
  query_timeout:d
query_frontend
 allowed_headers 2.9-
 api_timeout:d 2.5-
 log_query_request_headers 2.4-
 max_batch_size:i 2.2-
 max_grpc_streaming_packet_size:i 3.0-
 max_outstanding_per_tenant:i
 max_query_expression_size_bytes:i 2.7-
 max_retries:i
 mcp_server 2.9-
  enabled:b
 metrics 2.4-
  concurrent_jobs:i
  duration_slo:d 2.5-
  exemplars:b 2.6-2.6
  interval:d
  max_duration:d
  max_exemplars:i 2.6-
  max_intervals:i 2.9-
  max_response_series:i 2.8-
  query_backend_after:d
  streaming_shards:i 2.10-
  target_bytes_per_job:i
  throughput_bytes_slo:f 2.5-
 multi_tenant_queries_enabled:b 2.4-
 querier_forget_delay:d -2.6
 query_end_cutoff:d 2.10-
 response_consumers:i 2.6-
 rf1_after 2.8-
 search
  concurrent_jobs:i
  default_result_limit:i
  default_spans_per_span_set:i 2.10-
  duration_slo:d 2.1-
  ingester_shards:i 2.5-
  max_duration:d
  max_result_limit:i
  max_spans_per_span_set:i 2.7-
  metadata_slo 2.7-
   duration_slo:d
   throughput_bytes_slo:f
  most_recent_shards:i 2.8-
  query_backend_after:d
  query_ingesters_until:d -2.10
  target_bytes_per_job:i
  throughput_bytes_slo:f 2.1-
  timeout:d 2.5-
 skip_ast_transformations 3.0-
 tolerate_failed_blocks:i -2.1
 trace_by_id
  blocks_per_shard:i 3.1-
  concurrent_shards:i 2.2-
  duration_slo:d 2.1-
  external_enabled:b 2.10-
  hedge_requests_at:d -2.4
  hedge_requests_up_to:i -2.4
  query_shards:i
  span_pruning_enabled:b 3.1-
  span_pruning_enabled_by_default:b 3.1-
  throughput_bytes_slo:f 2.1-
 url_deny_list 2.6-
 weights 2.7-
  max_regex_conditions:i
  max_traceql_conditions:i
  request_with_weights:b
  retry_with_weights:b
server
 cluster_validation 2.8- *8
 create_new_traces:b 3.0-
 graceful_shutdown_timeout:d
 grpc_collect_max_streams_by_conn:b 2.9-
 grpc_listen_address:s
 grpc_listen_conn_limit:i
 grpc_listen_network:s
 grpc_listen_port:i
 grpc_server_keepalive_time:d
 grpc_server_keepalive_timeout:d
 grpc_server_max_concurrent_streams:i
 grpc_server_max_connection_age:d
 grpc_server_max_connection_age_grace:d
 grpc_server_max_connection_idle:d
 grpc_server_max_recv_msg_size:i
 grpc_server_max_send_msg_size:i
 grpc_server_min_time_between_pings:d
 grpc_server_num_workers:i 2.4-
 grpc_server_ping_without_stream_allowed:b
 grpc_server_read_buffer_size:i 3.0-
 grpc_server_recv_buffer_pools_enabled:b 2.6-
 grpc_server_stats_tracking_enabled:b 2.6-
 grpc_server_write_buffer_size:i 3.0-
 grpc_tls_config *6
 http_listen_address:s
 http_listen_conn_limit:i
 http_listen_network:s
 http_listen_port:i
 http_log_closed_connections_without_response_enabled:b 2.4-
 http_path_prefix:s
 http_server_idle_timeout:d
 http_server_read_header_timeout:d 2.4-
 http_server_read_timeout:d
 http_server_write_timeout:d
 http_tls_config *6
 log_format
 log_level
 log_request_at_info_level_enabled:b
 log_request_exclude_headers_list:s 2.1-
 log_request_headers:b 2.1-
 log_source_ips_enabled:b
 log_source_ips_full:b 2.5-
 log_source_ips_header:s
 log_source_ips_regex:s
 proxy_protocol_enabled:b 2.6-
 register_instrumentation:b
 report_grpc_codes_in_instrumentation_label_enabled:b 2.4-
 tls_cipher_suites:s
 tls_min_version:s
 trace_request_exclude_headers_list:s 2.9-
 trace_request_headers:b 2.9-
shutdown_delay:d 2.4-
span_profiling:b 3.0-
storage
 trace
  azure
   buffer_size:i
   container_name:s
   endpoint_suffix:s
   hedge_requests_at:d
   hedge_requests_up_to:i
   max_buffers:i
   prefix:s 2.2-
   storage_account_key
   storage_account_name:s
   use_federated_token:b 2.1-
   use_managed_identity:b
   use_v2_sdk:b 2.3-2.5
   user_assigned_id:s
  backend:s
  background_cache
   writeback_buffer:i
   writeback_goroutines:i
  block
   bloom_filter_false_positive:f
   bloom_filter_shard_size_bytes:i
   parquet_dedicated_columns 2.3-
    []
     name:s
     options 2.10-
     scope:s
     type:s
   parquet_row_group_size_bytes:i
   search_encoding -2.10
   search_page_size_bytes:i -2.10
   v2_encoding -2.10
   v2_index_downsample_bytes:i -2.10
   v2_index_page_size_bytes:i -2.10
   version:s
  blocklist_poll:d
  blocklist_poll_concurrency:i
  blocklist_poll_fallback:b
  blocklist_poll_jitter_ms:i
  blocklist_poll_stale_tenant_index:d
  blocklist_poll_tenant_concurrency:i 2.6-
  blocklist_poll_tenant_index_builders:i
  blocklist_poll_tolerate_consecutive_errors:i 2.2-
  blocklist_poll_tolerate_tenant_failures:i 2.6-
  cache:s
  cache_max_block_age:d
  cache_min_compaction_level:i
  empty_tenant_deletion_age:d 2.5-
  empty_tenant_deletion_enabled:b 2.5-
  gcs
   bucket_name:s
   chunk_buffer_size:i
   endpoint:s
   hedge_requests_at:d
   hedge_requests_up_to:i
   insecure:b
   list_blocks_concurrency:i 2.4-
   max_retries:i 2.10-
   object_cache_control:s
   object_metadata
   prefix:s 2.2-
  local
   path:s
  memcached
  pool
   max_workers:i
   queue_depth:i
  redis *4
  s3
   access_key:s
   bucket:s
   bucket_lookup_type:i 2.1-
   enable_dual_stack:b 2.6-
   endpoint:s
   forcepathstyle:b
   hedge_requests_at:d
   hedge_requests_up_to:i
   insecure:b
   insecure_skip_verify:b -2.1
   list_blocks_concurrency:i 2.4-
   metadata
   native_aws_auth_enabled:b 2.3-
   part_size:i
   prefix:s 2.2-
   region:s
   retry_backoff_initial:d 3.0-
   retry_backoff_max:d 3.0-
   retry_max_attempts:i 3.0-
   secret_key
   session_token 2.1-
   signature_v2:b
   sse 2.8-
    encryption_key 2.10-
    kms_encryption_context:s
    kms_key_id:s
    type:s
   storage_class:s
   tags
   tls_ca_path:s 2.2-
   tls_cert_path:s 2.2-
   tls_cipher_suites:s 2.2-
   tls_insecure_skip_verify:b 2.2-
   tls_key_path:s 2.2-
   tls_min_version:s 2.2-
   tls_server_name:s 2.2-
  search *9
  wal
   blocksfilepath:s -2.5
   completedfilepath:s -2.5
   ingestion_time_range_slack:d
   path:s
   search_encoding -2.10
   v2_encoding -2.10
   version:s -2.10
stream_over_http_enabled:b 2.3-
target:s
usage_report
 backoff
  max_period:d
  max_retries:i
  min_period:d
 reporting_enabled:b
use_otel_tracer:b -2.6
&1
consul
 acl_token
 cas_retry_delay:d
 consistent_reads:b
 host:s
 http_client_timeout:d
 watch_burst_size:i
 watch_rate_limit:f
etcd
 dial_timeout:d
 endpoints
 max_retries:i
 password
 tls_ca_path:s
 tls_cert_path:s
 tls_cipher_suites:s
 tls_enabled:b
 tls_insecure_skip_verify:b
 tls_key_path:s
 tls_min_version:s
 tls_server_name:s
 username:s
multi
 mirror_enabled:b
 mirror_timeout:d
 primary:s
 secondary:s
prefix:s
store:s
&2
backoff_config
 max_period:d
 max_retries:i
 min_period:d
backoff_on_ratelimits:b
cluster_validation 2.8-
 label:s
connect_backoff_base_delay:d 2.3-
connect_backoff_max_delay:d 2.3-
connect_timeout:d 2.3-
grpc_compression:s
initial_connection_window_size:B 2.3-
initial_stream_window_size:B 2.3-
max_recv_msg_size:i
max_send_msg_size:i
rate_limit:f
rate_limit_burst:i
tls_ca_path:s
tls_cert_path:s
tls_cipher_suites:s
tls_enabled:b
tls_insecure_skip_verify:b
tls_key_path:s
tls_min_version:s
tls_server_name:s
&3
address:s
auto_create_topic_default_partitions:i
auto_create_topic_enabled:b
client_id:s
client_rack:s 3.1-
consumer_group:s
consumer_group_lag_metric_update_interval:d 2.9-
consumer_group_offset_commit_interval:d
dial_timeout:d
disable_kafka_telemetry:b 2.10-
last_produced_offset_retry_timeout:d
max_consumer_lag_at_startup:d
producer_compression:s 3.1-
producer_max_buffered_bytes:i
producer_max_record_size_bytes:i
sasl_mechanism:s 3.1-
sasl_msk_iam_access_key 3.1-
sasl_msk_iam_file_path:s 3.1-
sasl_msk_iam_http_socket_path:s 3.1-
sasl_msk_iam_http_socket_timeout:d 3.1-
sasl_msk_iam_secret_key 3.1-
sasl_msk_iam_session_token 3.1-
sasl_msk_iam_user_agent:s 3.1-
sasl_oauthbearer_extensions 3.1-
sasl_oauthbearer_file_path:s 3.1-
sasl_oauthbearer_http_socket_path:s 3.1-
sasl_oauthbearer_http_socket_timeout:d 3.1-
sasl_oauthbearer_token 3.1-
sasl_oauthbearer_zid:s 3.1-
sasl_password
sasl_username:s
target_consumer_lag_at_startup:d
tls_ca_path:s 3.1-
tls_cert_path:s 3.1-
tls_cipher_suites:s 3.1-
tls_enabled:b 3.1-
tls_insecure_skip_verify:b 3.1-
tls_key_path:s 3.1-
tls_min_version:s 3.1-
tls_server_name:s 3.1-
topic:s
write_timeout:d
&4
conn_max_idle_time:d 3.1-
conn_max_lifetime:d 3.1-
db:i
endpoint:s
expiration:d
idle_timeout:d -3.0
master_name:s -3.0
max_connection_age:d -3.0
max_item_size:i 3.1-
max_redirects:i 3.1-
min_idle_conns:i 3.1-
password
pool_size:i
read_only:b 3.1-
route_by_latency:b 3.1-
route_randomly:b 3.1-
sentinel_password -3.0
sentinel_username:s -3.0
single_node:b 3.1-
timeout:d
tls_ca_path:s 3.1-
tls_cert_path:s 3.1-
tls_cipher_suites:s 3.1-
tls_enabled:b
tls_insecure_skip_verify:b
tls_key_path:s 3.1-
tls_min_version:s 3.1-
tls_server_name:s 3.1-
ttl:d
username:s
&5
backoff_config
 max_period:d
 max_retries:i
 min_period:d
backoff_on_ratelimits:b
cluster_validation
 label:s
connect_backoff_base_delay:d
connect_backoff_max_delay:d
connect_timeout:d
grpc_compression:s
initial_connection_window_size:B
initial_stream_window_size:B
max_recv_msg_size:i
max_send_msg_size:i
rate_limit:f
rate_limit_burst:i
tls_ca_path:s
tls_cert_path:s
tls_cipher_suites:s
tls_enabled:b
tls_insecure_skip_verify:b
tls_key_path:s
tls_min_version:s
tls_server_name:s
&6
cert:s 2.3-
cert_file:s
client_auth_type:s
client_ca:s 2.3-
client_ca_file:s
key 2.3-
key_file:s
&7
block_retention:d
compacted_block_retention:d
compaction_cycle:d
compaction_window:d
max_block_bytes:i
max_compaction_objects:i
max_time_per_tenant:d
retention_concurrency:i
v2_in_buffer_bytes:i -2.10
v2_out_buffer_bytes:i -2.10
v2_prefetch_traces_count:i -2.10
&8
additional_labels 2.10-
grpc
 enabled:b
 soft_validation:b
http 2.9-
 enabled:b
 excluded_paths
 excluded_user_agents
 soft_validation:b
label:s
&9
cache_control
 column_index:b
 footer:b
 offset_index:b
chunk_size_bytes:i
prefetch_trace_count:i
read_buffer_count:i
read_buffer_size_bytes:i
`;
