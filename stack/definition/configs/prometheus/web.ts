import { entriesOf, nodeAt, textAt } from '../../config-node.ts';
import type { AuthDemand } from '../../facts.ts';
import type { Position } from '../../position.ts';
import type { ReaderContext } from '../reader.ts';
import { readYaml } from '../shared/container-files.ts';
import { type FindingList, reportUnknownKeys } from '../shared/findings.ts';
import { parseKeyTable } from '../shared/key-table.ts';
import { WEB_KEYS } from './keys-3-16.ts';

/** What the web configuration demands of callers. */
export interface WebDemands {
  readonly tls: boolean;
  readonly clientCertificateRequired?: boolean;
  readonly auth?: AuthDemand;
}

/**
 * Reads the web configuration file that Prometheus, Alertmanager and Pushgateway take with `--web.config.file`.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/https/
 */
export function readWebConfig(
  context: ReaderContext,
  path: string,
  namedAt: Position | undefined,
  findings: FindingList,
): WebDemands {
  const read = readYaml(context, path, findings, {
    what: 'web configuration',
    yaml: 'v2',
    ...(namedAt === undefined ? {} : { namedAt }),
  });
  if (read?.root === undefined) return { tls: false };
  const { root } = read;
  reportUnknownKeys(findings, 'The web configuration', root, parseKeyTable(WEB_KEYS).shape);
  const tls = nodeAt(root, 'tls_server_config');
  const has = (key: string): boolean => (textAt(tls, key) ?? '') !== '';
  const enabled = ['cert_file', 'cert', 'key_file', 'key', 'client_ca_file', 'client_ca', 'client_auth_type'].some(has);
  const required = ['RequireAndVerifyClientCert', 'RequireAnyClientCert'].includes(
    textAt(tls, 'client_auth_type') ?? '',
  );
  const users = nodeAt(root, 'basic_auth_users');
  const [user] = entriesOf(users);
  for (const [name, entry] of entriesOf(users)) {
    if (/^\$2[abxy]\$/.test(textAt(entry.node) ?? '')) continue;
    findings.warning(
      'CONFIG-PASSWORD-HASH',
      entry.node.at,
      `The password of "${name}" is not a bcrypt hash, so nobody can log in with it.`,
      'Write the hash, as "htpasswd -nBC 10 USER" prints it.',
    );
  }
  const auth: AuthDemand | undefined =
    user === undefined ? (required ? { kind: 'mtls' } : undefined) : { kind: 'basic', at: user[1].keyAt };
  return {
    tls: enabled,
    ...(required ? { clientCertificateRequired: true } : {}),
    ...(auth === undefined ? {} : { auth }),
  };
}
