import { HttpClient } from '../../helpers/clients/http.ts';
import { formatPosition } from '../../stack/definition/position.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { Requirement, RowTarget } from '../types.ts';

/** A published port without a host address is open to everybody who reaches the host. */
const portsAreLocal = requirement({
  id: 'SECURITY-BIND-01',
  level: 'SHOULD',
  area: 'security',
  title: 'Ports of engines that ask for no credentials are published on loopback only',
  because: 'whoever reaches the host can read, write and delete there',
  source: 'https://docs.docker.com/engine/network/port-publishing/',
  when: 'plain',
  after: 'started',
  targets: (stack) =>
    stack.services
      .filter(({ engine, ports }) => engine !== undefined && ports.length > 0)
      .map((service) => ({ subject: service.name, column: '', service })),
  async check(_context, { service }) {
    const open = service.ports.filter(({ hostIp, target }) => !isLocal(hostIp) && !asksForCredentials(service, target));
    const [first] = open;
    if (first === undefined) return kept();
    return broken({
      message: `${service.name} publishes ${open.map(({ published, target }) => published ?? target).join(', ')} on all addresses of the host, without credentials (${formatPosition(first.at)}).`,
      expected: '127.0.0.1, or credentials',
      got: first.hostIp === '' ? 'all addresses' : first.hostIp,
      remedy: `Write "127.0.0.1:${first.published ?? ''}:${first.target}", or put something in front that asks who it is.`,
    });
  },
});

function isLocal(hostIp: string): boolean {
  return hostIp === '::1' || hostIp.startsWith('127.');
}

function asksForCredentials({ facts, engine }: RowTarget['service'], port: number): boolean {
  if (engine === 'grafana') return facts?.features['anonymous-access']?.value !== true;
  return facts?.listeners.some((listener) => listener.port === port && listener.auth !== undefined) ?? false;
}

const tenantsAreDemanded = requirement({
  id: 'SECURITY-TENANT-01',
  level: 'MUST',
  area: 'security',
  title: 'A multi-tenant backend answers nobody who names no tenant',
  because: 'a tenant that can be left out keeps nothing apart',
  source: 'https://grafana.com/docs/loki/latest/operations/multi-tenancy/',
  when: 'plain',
  after: 'ready',
  targets: (stack) => withQueryPath(stack).filter(({ service }) => service.facts?.multiTenant?.value === true),
  async check(context, { service }) {
    const { tenant: _tenant, ...anonymous } = context.clientOptions(service);
    const answer = await new HttpClient(anonymous).request({ path: queryPath(service.engine) ?? '/' });
    if (answer.status === 401 || answer.status === 403) return kept(`refused with ${answer.status}`);
    return broken({
      message: `${service.name} is multi-tenant (${service.facts?.multiTenant?.key}) and answered a query without a tenant with ${answer.status}.`,
      expected: '401',
      got: String(answer.status),
      remedy: 'Look for something in front of it that adds a tenant.',
    });
  },
});

const anonymousIsRefused = requirement({
  id: 'SECURITY-AUTH-01',
  level: 'MUST',
  area: 'security',
  title: 'A listener that is configured to ask for credentials refuses whoever has none',
  because: 'authentication that lets everybody in is believed to be a lock',
  source: 'https://prometheus.io/docs/prometheus/latest/configuration/https/',
  when: 'plain',
  after: 'ready',
  targets: (stack) =>
    withQueryPath(stack).filter(({ service }) =>
      service.facts?.listeners.some(
        ({ protocol, auth }) => protocol === 'http-api' && auth !== undefined && auth.kind !== 'mtls',
      ),
    ),
  async check(context, { service }) {
    const { auth: _auth, ...anonymous } = context.clientOptions(service);
    const answer = await new HttpClient(anonymous).request({ path: queryPath(service.engine) ?? '/' });
    if (answer.status === 401 || answer.status === 403) return kept(`refused with ${answer.status}`);
    return broken({
      message: `${service.name} is configured to ask for credentials and answered without any with ${answer.status}.`,
      expected: '401',
      got: String(answer.status),
      remedy: 'Check that the file with the credentials is mounted and named on the command line.',
    });
  },
});

function withQueryPath(stack: StackDefinition): readonly RowTarget[] {
  return stack.services
    .filter(({ engine }) => queryPath(engine) !== undefined)
    .map((service) => ({ subject: service.name, column: '', service }));
}

/** A path that answers with data, and so must not answer to everybody. */
function queryPath(engine: string | undefined): string | undefined {
  switch (engine) {
    case 'loki':
      return '/loki/api/v1/labels';
    case 'tempo':
      return '/api/search/tags';
    case 'prometheus':
      return '/api/v1/labels';
    case 'pyroscope':
      return '/querier.v1.QuerierService/LabelNames';
    default:
      return undefined;
  }
}

const DEFAULT_PASSWORDS = ['admin', 'password', 'grafana'];

const passwordIsNotTheDefault = requirement({
  id: 'SECURITY-PASSWORD-01',
  level: 'SHOULD',
  area: 'security',
  title: 'The password of an administrator is not one that everybody knows',
  because: 'it is the first that is tried',
  source: 'https://grafana.com/docs/grafana/latest/setup-grafana/configure-grafana/#admin_password',
  when: 'plain',
  after: 'started',
  targets: (stack) =>
    stack.services
      .filter(({ engine }) => engine === 'grafana')
      .map((service) => ({ subject: service.name, column: '', service })),
  async check(_context, { service }) {
    const set = service.environment.GF_SECURITY_ADMIN_PASSWORD;
    // Its configuration file, or a file that the environment names, may hold one as well.
    const elsewhere =
      service.environment.GF_SECURITY_ADMIN_PASSWORD__FILE !== undefined ||
      service.facts?.settings['security.admin_password']?.value === '***';
    const isKnown = set === undefined ? !elsewhere : set.value !== null && DEFAULT_PASSWORDS.includes(set.value);
    if (!isKnown) return kept();
    return broken({
      message: `The administrator of ${service.name} has a password that everybody knows${set ? ` (${formatPosition(set.at)})` : ' (none is set, so it is the default)'}.`,
      remedy: 'Set GF_SECURITY_ADMIN_PASSWORD from a secret or from the environment.',
    });
  },
});

export const securityRequirements: readonly Requirement[] = [
  portsAreLocal,
  tenantsAreDemanded,
  anonymousIsRefused,
  passwordIsNotTheDefault,
];
