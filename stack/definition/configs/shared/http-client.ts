import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { CredentialSource, Target } from '../../facts.ts';
import type { ReaderContext } from '../reader.ts';
import { urlCredentials } from './addresses.ts';
import { resolvePath } from './container-files.ts';

/** Headers by which tenants are told apart, in lower case. */
const TENANT_HEADERS = ['x-scope-orgid'];

/** What the client side of a target says of TLS, headers and credentials. */
export type ClientPart = Pick<Target, 'tlsSkipVerify' | 'caFile' | 'tenant' | 'headers' | 'auth'>;

/**
 * Reads Prometheus' common HTTP client configuration (`basic_auth`, `authorization`, `bearer_token`, `tls_config`,
 * `http_headers`, and `headers` of remote write), which Prometheus, Alertmanager, Loki's ruler and the Collector's
 * Prometheus receiver share.
 *
 * @param base Directory against which the file paths in it are resolved.
 * @param url The URL of the target, for credentials that stand in it.
 * @see https://prometheus.io/docs/prometheus/latest/configuration/configuration/#http_config
 */
export function prometheusHttpClient(
  node: ConfigNode | undefined,
  context: Pick<ReaderContext, 'readFile'>,
  base: string,
  url = '',
): ClientPart {
  const file = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolvePath(base, path);
  const contents = (path: string | undefined) => () =>
    path === undefined ? undefined : context.readFile(path)?.text.trim();
  const auth = credentials(node, contents, file) ?? inUrl(url, node);
  const headers = new Map<string, string | undefined>();
  for (const [name, entry] of entriesOf(nodeAt(node, 'headers'))) headers.set(name, textAt(entry.node));
  for (const [name, entry] of entriesOf(nodeAt(node, 'http_headers'))) {
    headers.set(name, textAt(itemsOf(nodeAt(entry.node, 'values'))[0]));
  }
  const tenant = [...headers].find(([name]) => TENANT_HEADERS.includes(name.toLowerCase()))?.[1];
  const caFile = file(textAt(node, 'tls_config', 'ca_file'));
  const skip = textAt(node, 'tls_config', 'insecure_skip_verify');
  return {
    headers: [...headers.keys()],
    ...(tenant === undefined ? {} : { tenant }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(skip === undefined ? {} : { tlsSkipVerify: skip === 'true' }),
    ...(auth === undefined ? {} : { auth }),
  };
}

function credentials(
  node: ConfigNode | undefined,
  contents: (path: string | undefined) => () => string | undefined,
  file: (path: string | undefined) => string | undefined,
): CredentialSource | undefined {
  const from = (at: ConfigNode, inline: string | undefined, path: string | undefined) => ({
    secret: inline === undefined ? contents(file(path)) : () => inline,
    at: at.at,
  });
  const basic = nodeAt(node, 'basic_auth');
  if (basic !== undefined) {
    const username = textAt(basic, 'username') ?? contents(file(textAt(basic, 'username_file')))();
    const secret = from(basic, textAt(basic, 'password'), textAt(basic, 'password_file'));
    return { kind: 'basic', ...(username === undefined ? {} : { username }), ...secret };
  }
  const authorization = nodeAt(node, 'authorization');
  if (authorization !== undefined) {
    const type = textAt(authorization, 'type') ?? 'Bearer';
    const secret = from(authorization, textAt(authorization, 'credentials'), textAt(authorization, 'credentials_file'));
    if (type.toLowerCase() === 'bearer') return { kind: 'bearer', ...secret };
    return { kind: 'header', header: 'Authorization', at: authorization.at };
  }
  const bearer = nodeAt(node, 'bearer_token') ?? nodeAt(node, 'bearer_token_file');
  if (bearer !== undefined) {
    return { kind: 'bearer', ...from(bearer, textAt(node, 'bearer_token'), textAt(node, 'bearer_token_file')) };
  }
  const oauth =
    nodeAt(node, 'oauth2') ?? nodeAt(node, 'sigv4') ?? nodeAt(node, 'azuread') ?? nodeAt(node, 'google_iam');
  return oauth === undefined ? undefined : { kind: 'header', header: 'Authorization', at: oauth.at };
}

function inUrl(url: string, node: ConfigNode | undefined): CredentialSource | undefined {
  const found = urlCredentials(url);
  if (found === undefined) return undefined;
  return {
    kind: 'basic',
    username: found.username,
    secret: () => found.password,
    ...(node === undefined ? {} : { at: node.at }),
  };
}
