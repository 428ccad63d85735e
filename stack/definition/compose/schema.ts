import { anything, dictionary, either, listOf, object, of, oneOf, type Shape, setOf } from './shape.ts';

/**
 * What compose 2.40 takes where, after interpolation and merging.
 * @see https://github.com/compose-spec/compose-spec/blob/main/schema/compose-spec.json
 */
const string = of('string');
const flag = of('boolean', 'string');
const numeric = of('number', 'string');
const integral = of('integer', 'string');
const strings = setOf(string);
const stringOrList = either(string, strings);
const NAME = /^[a-zA-Z0-9._-]+$/;
const anyScalar = of('string', 'number', 'boolean', 'null');
const listOrMap = either(dictionary(anyScalar), strings);
const command = either(of('null'), string, listOf(string));
const extraHosts = either(dictionary(either(string, listOf(string))), strings);
const options = dictionary(numeric);
const external = either(flag, object({ name: string }));

const hook = object(
  { command, user: string, privileged: flag, working_dir: string, environment: listOrMap },
  'command',
);

const fileMounts = listOf(
  either(string, object({ source: string, target: string, uid: string, gid: string, mode: numeric })),
);

const ulimits = dictionary(
  either(integral, object({ hard: integral, soft: integral }, 'soft', 'hard')),
  /^[a-z]+$/,
  false,
);

const deviceRequest = {
  capabilities: strings,
  count: integral,
  device_ids: strings,
  driver: string,
  options: listOrMap,
};

const build = object({
  context: string,
  dockerfile: string,
  dockerfile_inline: string,
  entitlements: listOf(string),
  args: listOrMap,
  ssh: listOrMap,
  labels: listOrMap,
  cache_from: listOf(string),
  cache_to: listOf(string),
  no_cache: flag,
  additional_contexts: listOrMap,
  network: string,
  provenance: flag,
  sbom: flag,
  pull: flag,
  target: string,
  shm_size: integral,
  extra_hosts: extraHosts,
  isolation: string,
  privileged: flag,
  secrets: fileMounts,
  tags: listOf(string),
  ulimits,
  platforms: listOf(string),
});

const update = object({
  parallelism: integral,
  delay: string,
  failure_action: string,
  monitor: string,
  max_failure_ratio: numeric,
  order: oneOf('start-first', 'stop-first'),
});

const deploy = object({
  mode: string,
  endpoint_mode: string,
  replicas: integral,
  labels: listOrMap,
  rollback_config: update,
  update_config: update,
  resources: object({
    limits: object({ cpus: numeric, memory: string, pids: integral }),
    reservations: object({
      cpus: numeric,
      memory: string,
      generic_resources: listOf(object({ discrete_resource_spec: object({ kind: string, value: numeric }) })),
      devices: listOf(object(deviceRequest, 'capabilities')),
    }),
  }),
  restart_policy: object({ condition: string, delay: string, max_attempts: integral, window: string }),
  placement: object({
    constraints: listOf(string),
    preferences: listOf(object({ spread: string })),
    max_replicas_per_node: integral,
  }),
});

const develop = object({
  watch: listOf(
    object(
      {
        ignore: stringOrList,
        include: stringOrList,
        path: string,
        action: oneOf('rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec'),
        target: string,
        exec: hook,
        initial_sync: of('boolean'),
      },
      'path',
      'action',
    ),
  ),
});

const dependency = object(
  {
    restart: flag,
    required: of('boolean'),
    condition: oneOf('service_started', 'service_healthy', 'service_completed_successfully'),
  },
  'condition',
);

const healthcheck = object({
  disable: flag,
  interval: string,
  retries: numeric,
  test: either(string, listOf(string)),
  timeout: string,
  start_period: string,
  start_interval: string,
});

const attachment = object({
  aliases: strings,
  interface_name: string,
  ipv4_address: string,
  ipv6_address: string,
  link_local_ips: strings,
  mac_address: string,
  driver_opts: options,
  priority: of('number'),
  gw_priority: of('number'),
});

const port = object({
  name: string,
  mode: string,
  host_ip: string,
  target: integral,
  published: integral,
  protocol: string,
  app_protocol: string,
});

const volumeMount = object(
  {
    type: oneOf('bind', 'volume', 'tmpfs', 'cluster', 'npipe', 'image'),
    source: string,
    target: string,
    read_only: flag,
    consistency: string,
    bind: object({
      propagation: string,
      create_host_path: flag,
      recursive: oneOf('enabled', 'disabled', 'writable', 'readonly'),
      selinux: oneOf('z', 'Z'),
    }),
    volume: object({ labels: listOrMap, nocopy: flag, subpath: string }),
    tmpfs: object({ size: integral, mode: numeric }),
    image: object({ subpath: string }),
  },
  'type',
);

const blkioLimits = listOf(object({ path: string, rate: integral }));

const service = object({
  annotations: listOrMap,
  attach: flag,
  blkio_config: object({
    device_read_bps: blkioLimits,
    device_read_iops: blkioLimits,
    device_write_bps: blkioLimits,
    device_write_iops: blkioLimits,
    weight: integral,
    weight_device: listOf(object({ path: string, weight: integral })),
  }),
  build: either(string, build),
  cap_add: strings,
  cap_drop: strings,
  cgroup: oneOf('host', 'private'),
  cgroup_parent: string,
  command,
  configs: fileMounts,
  container_name: string,
  cpu_count: integral,
  cpu_percent: numeric,
  cpu_period: numeric,
  cpu_quota: numeric,
  cpu_rt_period: numeric,
  cpu_rt_runtime: numeric,
  cpu_shares: numeric,
  cpus: numeric,
  cpuset: string,
  credential_spec: object({ config: string, file: string, registry: string }),
  depends_on: either(strings, dictionary(dependency, NAME)),
  deploy: either(of('null'), deploy),
  develop: either(of('null'), develop),
  device_cgroup_rules: strings,
  devices: listOf(either(string, object({ source: string, target: string, permissions: string }, 'source'))),
  dns: stringOrList,
  dns_opt: strings,
  dns_search: stringOrList,
  domainname: string,
  entrypoint: command,
  env_file: either(string, listOf(either(string, object({ path: string, format: string, required: flag }, 'path')))),
  environment: listOrMap,
  expose: setOf(numeric),
  extends: either(string, object({ service: string, file: string }, 'service')),
  external_links: strings,
  extra_hosts: extraHosts,
  gpus: either(oneOf('all'), listOf(object(deviceRequest))),
  group_add: setOf(numeric),
  healthcheck,
  hostname: string,
  image: string,
  init: flag,
  ipc: string,
  isolation: string,
  label_file: either(string, listOf(string)),
  labels: listOrMap,
  links: strings,
  logging: object({ driver: string, options: dictionary(of('string', 'number', 'null')) }),
  mac_address: string,
  mem_limit: numeric,
  mem_reservation: integral,
  mem_swappiness: integral,
  memswap_limit: numeric,
  models: either(
    strings,
    dictionary(either(object({ endpoint_var: string, model_var: string }), of('null')), NAME, false),
  ),
  network_mode: string,
  networks: either(strings, dictionary(either(attachment, of('null')), NAME)),
  oom_kill_disable: flag,
  oom_score_adj: integral,
  pid: of('string', 'null'),
  pids_limit: numeric,
  platform: string,
  ports: setOf(either(numeric, port)),
  post_start: listOf(hook),
  pre_stop: listOf(hook),
  privileged: flag,
  profiles: strings,
  provider: object({ type: string, options: dictionary(anything) }, 'type'),
  pull_policy: string,
  pull_refresh_after: string,
  read_only: flag,
  restart: string,
  runtime: string,
  scale: integral,
  secrets: fileMounts,
  security_opt: strings,
  shm_size: numeric,
  stdin_open: flag,
  stop_grace_period: string,
  stop_signal: string,
  storage_opt: dictionary(anything),
  sysctls: listOrMap,
  tmpfs: stringOrList,
  tty: flag,
  ulimits,
  use_api_socket: of('boolean'),
  user: string,
  userns_mode: string,
  uts: string,
  volumes: setOf(either(string, volumeMount)),
  volumes_from: strings,
  working_dir: string,
});

const network = object({
  name: string,
  driver: string,
  driver_opts: options,
  ipam: object({
    driver: string,
    config: listOf(object({ subnet: string, ip_range: string, gateway: string, aux_addresses: dictionary(string) })),
    options: dictionary(string),
  }),
  external,
  internal: flag,
  enable_ipv4: flag,
  enable_ipv6: flag,
  attachable: flag,
  labels: listOrMap,
});

const volume = object({ name: string, driver: string, driver_opts: options, external, labels: listOrMap });

const fileObject = {
  name: string,
  environment: string,
  file: string,
  external,
  labels: listOrMap,
  template_driver: string,
};

/** A whole compose file. */
export const COMPOSE_FILE: Shape = object({
  version: string,
  name: string,
  include: listOf(either(string, object({ path: stringOrList, env_file: stringOrList, project_directory: string }))),
  services: dictionary(service, NAME),
  models: dictionary(
    object({ name: string, model: string, context_size: of('integer'), runtime_flags: listOf(string) }, 'model'),
    NAME,
    false,
  ),
  networks: dictionary(either(of('null'), network), NAME, false),
  volumes: dictionary(either(of('null'), volume), NAME),
  secrets: dictionary(object({ ...fileObject, driver: string, driver_opts: options }), NAME),
  configs: dictionary(object({ ...fileObject, content: string }), NAME),
});
