import {
  type ConfigEntry,
  type ConfigMap,
  type ConfigNode,
  entriesOf,
  itemsOf,
  nodeAt,
  textAt,
} from '../config-node.ts';
import type { Finding } from '../position.ts';
import type { BuildDefinition, ServiceDefinition } from '../types.ts';
import { readCommand } from './command.ts';
import { readEnvironment } from './environment.ts';
import { readFileMounts } from './file-mounts.ts';
import { durationAt, readDependencies, readHealthcheck, readRestart } from './lifecycle.ts';
import type { Environment, LoadContext } from './load-context.ts';
import { textOf } from './merge.ts';
import { flag, readMounts } from './mounts.ts';
import { readExpose, readExtraHosts, readNetworks, readPorts } from './networking.ts';
import { formatPath, isNull, refuse } from './tree.ts';
import { parseBytes } from './units.ts';

/** What the compose file alone says about a service; what runs in it is recognised later. */
export type ComposeService = Omit<ServiceDefinition, 'engine' | 'version' | 'role' | 'recognisedBy' | 'facts'>;

/** @throws InputError */
export function readService(
  name: string,
  entry: ConfigEntry,
  root: ConfigMap,
  host: Environment,
  context: LoadContext,
): ComposeService {
  const { node } = entry;
  const { findings } = context;
  const image = nodeAt(node, 'image');
  const build = readBuild(nodeAt(node, 'build'), host);
  return {
    name,
    at: entry.keyAt,
    ...(image === undefined || textOf(image) === '' ? {} : { image: textOf(image), imageAt: image.at }),
    ...optional('build', build),
    ...optional('containerName', textAt(node, 'container_name')),
    ...optional('hostname', textAt(node, 'hostname')),
    ...optional('entrypoint', readCommand(nodeAt(node, 'entrypoint'), context)),
    ...optional('command', readCommand(nodeAt(node, 'command'), context)),
    environment: readEnvironment(node, host, context),
    mounts: [
      ...readMounts(node),
      ...readFileMounts('config', name, node, root, findings),
      ...readFileMounts('secret', name, node, root, findings),
    ],
    ports: readPorts(node),
    expose: readExpose(node),
    networks: readNetworks(node),
    ...optional('networkMode', textAt(node, 'network_mode')),
    extraHosts: readExtraHosts(node),
    dependsOn: readDependencies(node),
    ...readRestart(node, name, findings),
    ...optional('user', textAt(node, 'user')),
    ...optional('workingDir', textAt(node, 'working_dir')),
    ...optional('healthcheck', readHealthcheck(node, name)),
    ...optional('stopGracePeriodMs', durationAt(node, ['services', name, 'stop_grace_period'])),
    ...optional('stopSignal', textAt(node, 'stop_signal')),
    readOnly: flag(node, 'read_only') ?? false,
    replicas: Number(textAt(node, 'scale') ?? textAt(node, 'deploy', 'replicas') ?? 1),
    ...optional('memoryLimitBytes', memoryLimit(node, name, findings)),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

function readBuild(node: ConfigNode | undefined, host: Environment): BuildDefinition | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const inline = textAt(node, 'dockerfile_inline');
  const dockerfile = textAt(node, 'dockerfile');
  const target = textAt(node, 'target');
  return {
    context: textAt(node, 'context') ?? '.',
    ...optional('dockerfile', dockerfile),
    ...optional('dockerfileInline', inline),
    ...optional('target', target),
    args: readArgs(nodeAt(node, 'args'), host),
    at: node.at,
  };
}

/** An argument without a value takes the host's, and is left out where there is none. */
function readArgs(node: ConfigNode | undefined, host: Environment): Record<string, string> {
  const args: Record<string, string> = {};
  const set = (name: string, value: string | undefined) => {
    const resolved = value ?? host.get(name);
    if (resolved !== undefined) args[name] = resolved;
  };
  for (const [name, entry] of entriesOf(node)) set(name, isNull(entry.node) ? undefined : textOf(entry.node));
  for (const item of itemsOf(node)) {
    const text = textOf(item);
    const split = text.indexOf('=');
    set(split === -1 ? text : text.slice(0, split), split === -1 ? undefined : text.slice(split + 1));
  }
  return args;
}

function memoryLimit(node: ConfigNode, name: string, findings: Finding[]): number | undefined {
  const paths = [['mem_limit'], ['deploy', 'resources', 'limits', 'memory']];
  const [first, second] = paths.map((path) => {
    const found = nodeAt(node, ...path);
    if (found === undefined) return undefined;
    const bytes = parseBytes(textOf(found));
    if (bytes === undefined) {
      refuse(
        `${formatPath(['services', name, ...path])} is no size in bytes.`,
        found.at,
        'Write a number with a unit: 512m.',
      );
    }
    return { bytes, at: found.at };
  });
  if (first !== undefined && second !== undefined && first.bytes !== second.bytes) {
    refuse(
      `services.${name} sets two different memory limits.`,
      first.at,
      'Keep mem_limit or deploy.resources.limits.memory.',
    );
  }
  const limit = second ?? first;
  // Docker's own minimum: https://docs.docker.com/engine/containers/resource_constraints/#memory
  if (limit !== undefined && limit.bytes > 0 && limit.bytes < 6 * 1024 ** 2) {
    findings.push({
      id: 'COMPOSE-MEMORY',
      severity: 'error',
      at: limit.at,
      service: name,
      message: `A memory limit of ${limit.bytes} bytes is below the 6 MiB that the container engine accepts.`,
      remedy: 'Give the limit a unit: 512m.',
    });
  }
  return limit === undefined || limit.bytes === 0 ? undefined : limit.bytes;
}
