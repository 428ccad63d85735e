import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { Finding } from '../position.ts';
import type { Dependency, Healthcheck, ServiceDefinition } from '../types.ts';
import { textOf } from './merge.ts';
import { flag } from './mounts.ts';
import { readLinks } from './networking.ts';
import { formatPath, refuse } from './tree.ts';
import { parseDuration } from './units.ts';

/** Of Docker, where a health check does not say: https://docs.docker.com/reference/dockerfile/#healthcheck */
const HEALTH_DEFAULTS = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 0 };

/** @throws InputError for a duration that is none, or a test of unknown kind */
export function readHealthcheck(service: ConfigNode, name: string): Healthcheck | undefined {
  const node = nodeAt(service, 'healthcheck');
  if (node?.kind !== 'map') return undefined;
  const testNode = nodeAt(node, 'test');
  const test =
    testNode?.kind === 'list'
      ? testNode.items.map(textOf)
      : testNode === undefined
        ? []
        : ['CMD-SHELL', textOf(testNode)];
  const [kind] = test;
  if (testNode !== undefined && kind !== undefined && !['CMD', 'CMD-SHELL', 'NONE'].includes(kind)) {
    refuse(
      `services.${name}.healthcheck.test begins with "${kind}".`,
      testNode.at,
      'Begin the list with CMD, CMD-SHELL or NONE, or write the command as one string.',
    );
  }
  const disabled = flag(node, 'disable') === true || kind === 'NONE';
  const retries = Number(textAt(node, 'retries') ?? HEALTH_DEFAULTS.retries);
  const at = (key: string) => durationAt(node, ['services', name, 'healthcheck', key]);
  return {
    test: disabled ? ['NONE'] : test,
    intervalMs: at('interval') || HEALTH_DEFAULTS.intervalMs,
    timeoutMs: at('timeout') || HEALTH_DEFAULTS.timeoutMs,
    retries: retries || HEALTH_DEFAULTS.retries,
    startPeriodMs: at('start_period') ?? HEALTH_DEFAULTS.startPeriodMs,
    disabled,
    at: node.at,
  };
}

/** The duration under the last key of `path`, in milliseconds. */
export function durationAt(node: ConfigNode, path: readonly string[]): number | undefined {
  const found = nodeAt(node, path.at(-1) ?? '');
  if (found === undefined) return undefined;
  const text = textOf(found);
  return (
    parseDuration(text) ??
    refuse(
      `${formatPath(path)} is "${text}", which is no duration.`,
      found.at,
      'Write a number with a unit: 30s, 1m30s.',
    )
  );
}

/** `depends_on`, and what `links`, `volumes_from` and `network_mode: service:…` imply. */
export function readDependencies(service: ConfigNode): Dependency[] {
  const found = new Map<string, Dependency>();
  for (const [name, { keyAt, node }] of entriesOf(nodeAt(service, 'depends_on'))) {
    const condition = textAt(node, 'condition');
    found.set(name, {
      service: name,
      condition:
        condition === 'service_healthy' || condition === 'service_completed_successfully'
          ? condition
          : 'service_started',
      required: flag(node, 'required') ?? true,
      at: keyAt,
    });
  }
  const imply = (name: string, node: ConfigNode) => {
    if (!found.has(name)) found.set(name, { service: name, condition: 'service_started', required: true, at: node.at });
  };
  for (const link of readLinks(service)) imply(link.service, link.node);
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const node = nodeAt(service, key);
    const text = node === undefined ? '' : textOf(node);
    if (node !== undefined && text.startsWith('service:')) imply(text.slice('service:'.length), node);
  }
  for (const node of itemsOf(nodeAt(service, 'volumes_from'))) {
    const [name = ''] = textOf(node).split(':', 1);
    if (!textOf(node).startsWith('container:')) imply(name, node);
  }
  return [...found.values()];
}

type RestartPolicy = Pick<ServiceDefinition, 'restart' | 'restartMaxRetries'>;

const POLICIES: Readonly<Record<string, ServiceDefinition['restart']>> = {
  no: 'no',
  none: 'no',
  always: 'always',
  any: 'always',
  'on-failure': 'on-failure',
  'unless-stopped': 'unless-stopped',
};

/** `restart`, over which `deploy.restart_policy` wins. An unknown word is a finding: the container engine refuses it. */
export function readRestart(service: ConfigNode, name: string, findings: Finding[]): RestartPolicy {
  const deployed = nodeAt(service, 'deploy', 'restart_policy');
  if (deployed !== undefined) {
    const policy = POLICIES[textAt(deployed, 'condition') ?? 'any'] ?? 'always';
    const attempts = Number(textAt(deployed, 'max_attempts') ?? 0);
    return { restart: policy, ...(attempts > 0 ? { restartMaxRetries: attempts } : {}) };
  }
  const node = nodeAt(service, 'restart');
  if (node === undefined) return { restart: 'no' };
  const [word = '', retries] = textOf(node).split(':', 2);
  const policy = word === '' ? 'no' : POLICIES[word];
  if (policy === undefined || (retries !== undefined && !/^\d+$/.test(retries))) {
    findings.push({
      id: 'COMPOSE-RESTART',
      severity: 'error',
      at: node.at,
      service: name,
      message: `"${textOf(node)}" is no restart policy, and the container engine refuses it.`,
      remedy: 'Write "no", always, unless-stopped, on-failure or on-failure:RETRIES.',
    });
  }
  const count = Number(retries ?? 0);
  return { restart: policy ?? 'no', ...(count > 0 ? { restartMaxRetries: count } : {}) };
}
