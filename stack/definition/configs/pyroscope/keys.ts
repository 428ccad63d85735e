/**
 * Keys of Pyroscope's configuration, in the form of `../shared/versioned-keys.ts`, from 1.0 to 2.2. A key without any below it is not looked
 * into.
 *
 * @see https://grafana.com/docs/pyroscope/latest/configure-server/reference-configuration-parameters/
 */
export const PYROSCOPE_KEYS = `
adaptive_placement 1.10-
 export_shard_limit_metrics:b
 export_shard_usage_breakdown_metrics:b
 export_shard_usage_metrics:b
 placement_rules_retention_period:d
 placement_rules_update_interval:d
 stats_aggregation_window:d
 stats_confidence_period:d
 stats_retention_period:d
admin_server 2.2-
 http_listen_address:s
 http_listen_port:i
 mode:s
analytics
 reporting_enabled:b
api
 base-url:s
architecture_storage 2.0-
compaction_worker 1.8-
 cleanup_max_duration:d 1.15-
 job_capacity:i
 job_poll_interval:d
 metrics_exporter 1.13-
  enabled:b
  remote_write_address:s 1.14-
  rules_source
   client_address:s
 request_timeout:d 1.11-
 small_object_size_bytes:i
 temp_dir:s
compactor 1.2-
 block_ranges
 block_sync_concurrency:i
 cleanup_concurrency:i
 cleanup_interval:d
 compaction_concurrency:i
 compaction_interval:d
 compaction_jobs_order:s
 compaction_retries:i
 compaction_split_by:s
 data_dir:s
 deletion_delay:d
 disabled_tenants
 downsampler_enabled:b 1.3-
 enabled_tenants
 first_level_compaction_wait_period:d
 max_compaction_time:d
 max_opening_blocks_concurrency:i
 meta_sync_concurrency:i
 no_blocks_file_cleanup_enabled:b
 sharding_ring
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_enable_ipv6:b
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
  wait_active_instance_timeout:d
  wait_stability_max_duration:d
  wait_stability_min_duration:d
 shutdown_timeout:d 1.21-
 tenant_cleanup_delay:d
distributor
 pool_config
  client_cleanup_period:d
  health_check_ingesters:b
  remote_timeout:d
 pushtimeout:d
 ring
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_enable_ipv6:b 1.1-
  instance_id:s
  instance_interface_names
  instance_port:i
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
embedded_grafana 1.8-
 data_path:s
 listen_port:i
 pyroscope_url:s
enable_v1_read_path:b 1.20-1.21
enable_v1_write_path:b 1.20-1.21
frontend
 address:s
 async_queries_enabled:b 2.2-
 grpc_client_config *2
 instance_addr:s 1.11-
 instance_enable_ipv6:b 1.11-
 instance_interface_names
 instance_port:i 1.11-
 scheduler_address:s
 scheduler_dns_lookup_period:d
 scheduler_worker_concurrency:i
frontend_worker
 dns_lookup_duration:d
 grpc_client_config *2
 id:s
 max_concurrent:i
 scheduler_address:s
ingester
 lifecycler *3
limits
 adaptive_placement_burst_window:d 1.10-
 adaptive_placement_decay_window:d 1.10-
 adaptive_placement_default_dataset_shards:i 1.10-
 adaptive_placement_load_balancing:s 1.10-
 adaptive_placement_max_dataset_shards:i 1.10-
 adaptive_placement_min_dataset_shards:i 1.10-
 adaptive_placement_tenant_shards:i 1.10-
 adaptive_placement_unit_size_bytes:i 1.10-
 async_ingest:b 1.13-
 compactor_blocks_retention_period:p 1.2-
 compactor_downsampler_enabled:b 1.3-
 compactor_partial_block_deletion_delay:p 1.2-
 compactor_split_and_merge_shards:i 1.2-
 compactor_split_and_merge_stage_size:i 1.2-
 compactor_split_groups:i 1.2-
 compactor_tenant_shard_size:i 1.2-
 disable_label_sanitization:b 1.19-
 distributor_aggregation_period:p 1.2-
 distributor_aggregation_window:p 1.2-
 distributor_sampling 1.14-
  usage_groups
 distributor_usage_groups 1.7-
 enable_query_backend:b 1.8-
 enable_query_backend_from 1.8-
 enforce_labels_order:b 1.7-
 include_stripped_profiles:b 2.2-
 ingestion_artificial_delay:p 1.14-
 ingestion_body_limit_mb:f 1.15-
 ingestion_burst_size_mb:f
 ingestion_limit 1.13-
  limit_reached:b
  limit_reset_time:i
  period_limit_mb:i
  period_type:s
  sampling
   num_requests:i
   period:d
  usage_groups
 ingestion_rate_mb:f
 ingestion_relabeling_default_rules_position:s 1.7-
 ingestion_relabeling_rules 1.7-
 ingestion_tenant_shard_size:i
 keep_stripped_profiles:b 2.2-
 max_async_query_concurrency:i 2.2-
 max_flamegraph_nodes_default:i 1.2-
 max_flamegraph_nodes_max:i 1.2-
 max_flamegraph_nodes_on_select_merge_profile:b 1.15-
 max_global_series_per_tenant:i
 max_label_name_length:i
 max_label_names_per_series:i
 max_label_value_length:i
 max_local_series_per_tenant:i
 max_profile_size_bytes:i
 max_profile_stacktrace_depth:i
 max_profile_stacktrace_sample_labels:i
 max_profile_stacktrace_samples:i
 max_profile_symbol_value_length:i
 max_query_length:p
 max_query_lookback:p
 max_query_parallelism:i
 max_recording_rules:i 2.1-
 max_sessions_per_series:i 1.1-
 push_max_concurrency:i 2.2-
 query_analysis_enabled:b 1.6-
 query_analysis_series_enabled:b 1.6-
 query_sanitize_on_merge:b 1.15-
 query_tree_enabled:b 1.20-
 recording_rules 1.13-
 reject_newer_than:p 1.1-
 reject_older_than:p 1.1-
 retention_period:p 1.15-
 s3_sse_kms_encryption_context:s 1.2-
 s3_sse_kms_key_id:s 1.2-
 s3_sse_type:s 1.2-
 sample_type_relabeling_rules 1.15-
 split_queries_by_interval:p
 store_gateway_tenant_shard_size:i
 symbolizer 1.14-
  enabled:b
  maxsymbolsizebytes:i 1.18-
 write_path:s 1.8-
 write_path_compression:s 1.13-
 write_path_ingester_weight:f 1.8-
 write_path_segment_writer_timeout:d 1.13-
 write_path_segment_writer_weight:f 1.8-
memberlist
metastore 1.8-
 address:s
 block_cleaner_config 1.10-1.10
  compacted_blocks_cleanup_delay:d
  compacted_blocks_cleanup_interval:d
 cleanupbatchsize:i 1.14-
 cleanupdelay:d 1.14-
 cleanupjobmaxlevel:i 1.14-
 cleanupjobminlevel:i 1.14-
 compaction_config -1.10
  job_lease_duration:d
  job_max_failures:i
 compaction_job_lease_duration:d 1.11-
 compaction_max_failures:i 1.11-
 compaction_max_job_queue_size:i 1.11-
 data_dir:s
 dlq_recovery_check_interval:d 1.11-1.14
 dlq_recovery_period:d 1.9-1.10
 grpc_client_config *2
 index 1.14-
  block_read_cache_size:i
  block_write_cache_size:i
  cleanup_grace_period:d 1.15-
  cleanup_interval:d 1.15-
  cleanup_max_partitions:i 1.15-
  dlq_recovery_check_interval:d 1.15-
  shard_cache_size:i
 index_config 1.10-1.10
  partition_cache_size:i
  partition_duration:d
  query_lookaround_period:d
 levels 1.14-
  []
   maxage:i
   maxblocks:i
 min_ready_duration:d 1.9-
 partition_cache_size:i 1.11-1.13
 partitionduration:d 1.11-1.13
 query_lookaround_period:d 1.11-1.13
 raft
  advertise_address:s
  apply_timeout:d
  auto_join:b 1.15-
  bind_address:s
  bootstrap_expect_peers:i
  bootstrap_peers
  dir:s
  log_index_check_interval:d 1.11-
  log_store_timeout:d 1.20-
  read_index_max_distance:i 1.11-
  server_id:s
  snapshot_interval:d 1.11-
  snapshot_threshold:i 1.11-
  snapshots_dir:s 1.14-
  snapshots_import_dir:s 1.14-
  snapshots_retain:i 1.11-
  trailing_logs:i 1.11-
  transport_conn_pool_size:i 1.11-
  transport_timeout:d 1.11-
  wal_cache_entries:i 1.11-
 snapshot_compact_on_restore:b 1.14-
 snapshot_compression:s 1.14-
 snapshot_rate_limit:i 1.14-
 strategy 1.11-1.13
  cleanupbatchsize:i
  cleanupdelay:d
  cleanupjobmaxlevel:i
  cleanupjobminlevel:i
  maxbatchage:i
  maxblocksdefault:i
  maxblocksperlevel
  maxlevel:i
multitenancy_enabled:b
overrides_exporter
 ring
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_enable_ipv6:b 1.1-
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
  wait_stability_max_duration:d
  wait_stability_min_duration:d
pyroscopedb
 data_path:s
 disable_enforcement:b 1.2-
 enforcement_interval:d 1.2-
 max_block_duration:d
 min_disk_available_percentage:f 1.2-
 min_free_disk_gb:i 1.2-
 row_group_target_size:i
 symbols_partition_label:s 1.12-
querier
 pool_config
  client_cleanup_period:d
  health_check_ingesters:b
  remote_timeout:d
 query_store_after:d
query_backend 1.8-
 address:s
 client_timeout:d 1.17-
 grpc_client_config *2
query_scheduler
 grpc_client_config *2
 max_outstanding_requests_per_tenant:i
 max_used_instances:i
 querier_forget_delay:d
 ring
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_enable_ipv6:b 1.1-
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
 service_discovery_mode:s
runtime_config
 file
 period:d
segment_writer 1.8-
 async:b -1.9
 bucket_health_check_enabled:b 1.16-
 bucket_health_check_timeout:d 1.16-
 flush_concurrency:i 1.13-
 grpc_client_config *2
 lifecycler *3
 metadata_dlq_enabled:b 1.14-
 metadata_update_timeout:d 1.14-
 segmentDuration:d -1.9
 segment_duration:d 1.10-
 upload 1.13-1.13
  hedge_rate_burst:i
  hedge_rate_max:f
  hedge_upload_after:d
  retry_max_period:d
  retry_max_retries:i
  retry_min_period:d
  timeout:d
 upload-hedge_rate_burst:i 1.14-
 upload-hedge_rate_max:f 1.14-
 upload-hedge_upload_after:d 1.14-
 upload-retry_max_period:d 1.14-
 upload-retry_max_retries:i 1.14-
 upload-retry_min_period:d 1.14-
 upload-timeout:d 1.14-
self_profiling
 block_profile_rate:i
 disable_push:b
 mutex_profile_fraction:i
 tenant_id:s 1.20-
 use_k6_middleware:b 1.10-
server
 cluster_validation
  additional_labels
  grpc
   enabled:b
   soft_validation:b
  http
   enabled:b
   excluded_paths
   excluded_user_agents
   soft_validation:b
  label:s
 create_new_traces:b
 graceful_shutdown_timeout:d
 grpc_collect_max_streams_by_conn:b
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
 grpc_server_num_workers:i
 grpc_server_ping_without_stream_allowed:b
 grpc_server_recv_buffer_pools_enabled:b
 grpc_server_stats_tracking_enabled:b
 grpc_tls_config *5
 http_listen_address:s
 http_listen_conn_limit:i
 http_listen_network:s
 http_listen_port:i
 http_log_closed_connections_without_response_enabled:b
 http_path_prefix:s
 http_server_idle_timeout:d
 http_server_read_header_timeout:d
 http_server_read_timeout:d
 http_server_write_timeout:d
 http_tls_config *5
 log_format:s
 log_level
 log_request_at_info_level_enabled:b
 log_request_exclude_headers_list:s
 log_request_headers:b
 log_source_ips_enabled:b
 log_source_ips_full:b
 log_source_ips_header:s
 log_source_ips_regex:s
 proxy_protocol_enabled:b
 register_instrumentation:b
 report_grpc_codes_in_instrumentation_label_enabled:b
 tls_cipher_suites:s
 tls_min_version:s
 trace_request_exclude_headers_list:s
 trace_request_headers:b
show_banner:b 1.6-
shutdown_delay:d 1.13-
storage
 azure
  account_key
  account_name:s
  az_tenant_id:s 1.15-
  client_id:s 1.15-
  client_secret 1.15-
  connection_string 1.3-
  container_name:s
  endpoint_suffix:s
  max_retries:i
  msi_resource:s -1.2
  user_assigned_id:s
 backend:s
 cos
  app_id:s
  bucket:s
  endpoint:s
  http *4
  region:s
  secret_id:s
  secret_key
 filesystem
  dir:s
 gcs
  bucket_name:s
  http 1.13-
   expect_continue_timeout:d
   idle_conn_timeout:d
   insecure_skip_verify:b
   max_conns_per_host:i
   max_idle_conns:i
   max_idle_conns_per_host:i
   response_header_timeout:d
   tls_handshake_timeout:d
  service_account
 prefix:s 1.14-
 s3
  access_key_id:s
  bucket_lookup_type:s 1.12-
  bucket_name:s
  endpoint:s
  force_path_style:b 1.6-
  http *4
  insecure:b
  native_aws_auth_enabled:b 1.19-
  region:s
  secret_access_key
  signature_version:s
  sse
   kms_encryption_context:s
   kms_key_id:s
   type:s
 storage_prefix:s
 swift
  auth_url:s
  auth_version:i
  connect_timeout:d
  container_name:s
  domain_id:s
  domain_name:s
  max_retries:i
  password
  project_domain_id:s
  project_domain_name:s
  project_id:s
  project_name:s
  region_name:s
  request_timeout:d
  user_domain_id:s
  user_domain_name:s
  user_id:s
  username:s
store_gateway
 bucket_store
  ignore_blocks_within:d
  ignore_deletion_mark_delay:d 1.2-
  meta_sync_concurrency:i 1.2-
  sync_dir:s
  sync_interval:d
  tenant_sync_concurrency:i
 sharding_ring
  heartbeat_period:d
  heartbeat_timeout:d
  instance_addr:s
  instance_availability_zone:s
  instance_enable_ipv6:b
  instance_id:s
  instance_interface_names
  instance_port:i
  kvstore *1
  replication_factor:i
  tokens_file_path:s
  unregister_on_shutdown:b
  wait_stability_max_duration:d
  wait_stability_min_duration:d
  zone_awareness_enabled:b
symbolizer 1.14-
 debuginfod_url:s
 max_debuginfod_concurrency:i 1.17-
target
tenant_settings 1.13-
 collection_rules -1.14
  alloy_template_path:s
  enabled:b
  pyroscope_url:s
 recording_rules
  enabled:b
tracing
 enabled:b
 profiling_enabled:b 1.2-
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
&2
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
&3
address:s
availability_zone:s
enable_inet6:b
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
 kvstore *1
 replication_factor:i
 zone_awareness_enabled:b
tokens_file_path:s
unregister_on_shutdown:b
&4
expect_continue_timeout:d
idle_conn_timeout:d
insecure_skip_verify:b
max_connections_per_host:i
max_idle_connections:i
max_idle_connections_per_host:i
response_header_timeout:d
tls_handshake_timeout:d
&5
cert:s
cert_file:s
client_auth_type:s
client_ca:s
client_ca_file:s
key
key_file:s
`;
