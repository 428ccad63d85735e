import { emptyFacts } from '../configs/shared/facts-builder.ts';
import type { EngineFacts, Listener, Output, Target } from '../facts.ts';
import { NO_SETTINGS } from '../settings/read-settings.ts';
import type { EngineName, NetworkDefinition, ServiceDefinition } from '../types.ts';
import type { StackView } from './stack-view.ts';

/** Stacks made by hand, for tests of what follows from facts. */

const at = { file: 'compose.yaml', line: 1, column: 1 };

export function service(name: string, more: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    name,
    at,
    environment: {},
    mounts: [],
    ports: [],
    expose: [],
    networks: { default: [] },
    extraHosts: [],
    dependsOn: [],
    restart: 'no',
    readOnly: false,
    replicas: 1,
    recognisedBy: [],
    ...more,
  };
}

const ROLES = { otelcol: 'gateway', alloy: 'gateway', loki: 'logs', prometheus: 'metrics', tempo: 'traces' } as const;

export function engine(
  name: string,
  which: EngineName,
  facts: Partial<EngineFacts>,
  more: Partial<ServiceDefinition> = {},
): ServiceDefinition {
  const role = which in ROLES ? ROLES[which as keyof typeof ROLES] : 'ui';
  return service(name, { engine: which, role, facts: { ...emptyFacts(which), ...facts }, ...more });
}

export function listener(protocol: Listener['protocol'], port: number, more: Partial<Listener> = {}): Listener {
  return {
    component: protocol,
    protocol,
    host: '',
    port,
    tls: false,
    signals: [],
    enabled: { value: true, from: 'default', key: protocol },
    ...more,
  };
}

export function target(host: string, port: number, more: Partial<Target> = {}): Target {
  return { written: `${host}:${port}`, scheme: 'http', host, port, path: '', headers: [], ...more };
}

export function output(
  component: string,
  protocol: Output['protocol'],
  to: Target,
  more: Partial<Output> = {},
): Output {
  return { component, purpose: 'push', protocol, signals: [], target: to, at, ...more };
}

export function view(services: readonly ServiceDefinition[], more: Partial<StackView> = {}): StackView {
  const keys = [...new Set(services.flatMap((one) => Object.keys(one.networks)))];
  const networks: Record<string, NetworkDefinition> = Object.fromEntries(
    keys.map((key) => [key, { name: `test_${key}`, external: false, internal: false }]),
  );
  return {
    directory: '/nowhere',
    name: 'test',
    composeFiles: ['compose.yaml'],
    profiles: [],
    services,
    networks,
    volumes: {},
    findings: [],
    settings: NO_SETTINGS,
    others: {},
    inactiveServices: () => [],
    declaredVolumes: () => ({}),
    composeText: () => '',
    ...more,
  };
}
