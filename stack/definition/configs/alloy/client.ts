import type { CredentialSource, Target } from '../../facts.ts';
import type { Position } from '../../position.ts';
import { type AlloyBlock, attributeOf, blockOf, blocksOf } from '../../syntax/alloy/ast.ts';
import { type AlloyValue, booleanOf, listOf, textOf } from '../../syntax/alloy/values.ts';
import { urlCredentials } from '../shared/addresses.ts';
import type { AlloyComponent, AlloyModuleReader } from './modules.ts';

/** What a client says of TLS, headers, tenant and credentials. */
export type ClientPart = Omit<Target, 'written' | 'scheme' | 'host' | 'port' | 'path'>;

const TENANT_HEADER = 'x-scope-orgid';

/** The client of an OpenTelemetry exporter: `client { … tls {} headers auth }`. */
export function otelcolClient(component: AlloyComponent, client: AlloyBlock | undefined, url = ''): ClientPart {
  const { scope } = component;
  const body = client?.body ?? [];
  const tls = blockOf(body, 'tls');
  const headers = headersOf(scope.attribute(body, 'headers'));
  const handler = authHandler(component, body);
  if (handler?.type === 'otelcol.auth.headers') {
    for (const header of blocksOf(handler.block.body, 'header')) {
      const key = handler.scope.text(header.body, 'key');
      if (key !== undefined) headers.set(key, handler.scope.text(header.body, 'value'));
    }
  }
  const auth = handler === undefined ? authOfHeaders(headers, client?.at) : authOfHandler(handler);
  return {
    ...clientPart(headers, auth ?? inUrl(url, client?.at)),
    ...flag('tlsInsecure', tls && booleanOf(scope.attribute(tls.body, 'insecure'))),
    ...flag('tlsSkipVerify', tls && booleanOf(scope.attribute(tls.body, 'insecure_skip_verify'))),
    ...text('caFile', tls && scope.text(tls.body, 'ca_file')),
  };
}

/** The client of `loki.write`, `prometheus.remote_write` and `pyroscope.write`: an `endpoint` block. */
export function prometheusClient(
  component: AlloyComponent,
  endpoint: AlloyBlock,
  reader: AlloyModuleReader,
): ClientPart {
  const { scope } = component;
  const { body } = endpoint;
  const headers = new Map([
    ...headersOf(scope.attribute(body, 'http_headers')),
    ...headersOf(scope.attribute(body, 'headers')),
  ]);
  const tls = blockOf(body, 'tls_config');
  const tenant = scope.text(body, 'tenant_id');
  const content = (path: string | undefined) => () =>
    path === undefined ? undefined : reader.readFile(path)?.text.trim();
  const secret = (block: AlloyBlock, inline: string, file: string): (() => string | undefined) => {
    const value = scope.text(block.body, inline);
    return value === undefined ? content(scope.text(block.body, file)) : () => value;
  };
  const basic = blockOf(body, 'basic_auth');
  const authorization = blockOf(body, 'authorization');
  const bearer = attributeOf(body, 'bearer_token') ?? attributeOf(body, 'bearer_token_file');
  const other = ['oauth2', 'sigv4', 'azuread', 'google_iam'].flatMap((name) => blocksOf(body, name))[0];
  let auth: CredentialSource | undefined;
  if (basic !== undefined) {
    const username = scope.text(basic.body, 'username');
    auth = {
      kind: 'basic',
      ...text('username', username),
      secret: secret(basic, 'password', 'password_file'),
      at: basic.at,
    };
  } else if (authorization !== undefined) {
    const kind = scope.text(authorization.body, 'type') ?? 'Bearer';
    auth =
      kind.toLowerCase() === 'bearer'
        ? { kind: 'bearer', secret: secret(authorization, 'credentials', 'credentials_file'), at: authorization.at }
        : { kind: 'header', header: 'Authorization', at: authorization.at };
  } else if (bearer !== undefined) {
    auth = { kind: 'bearer', secret: secret(endpoint, 'bearer_token', 'bearer_token_file'), at: bearer.at };
  } else if (other !== undefined) auth = { kind: 'header', header: 'Authorization', at: other.at };
  const part = clientPart(
    headers,
    auth ?? authOfHeaders(headers, endpoint.at) ?? inUrl(scope.text(body, 'url') ?? '', endpoint.at),
  );
  return {
    ...part,
    ...(tenant === undefined || tenant === '' ? {} : { tenant }),
    ...flag('tlsSkipVerify', tls && booleanOf(scope.attribute(tls.body, 'insecure_skip_verify'))),
    ...text('caFile', tls && scope.text(tls.body, 'ca_file')),
  };
}

function clientPart(headers: ReadonlyMap<string, string | undefined>, auth: CredentialSource | undefined): ClientPart {
  const tenant = [...headers].find(([name]) => name.toLowerCase() === TENANT_HEADER)?.[1];
  return { headers: [...headers.keys()], ...text('tenant', tenant), ...(auth === undefined ? {} : { auth }) };
}

function headersOf(value: AlloyValue | undefined): Map<string, string | undefined> {
  if (value?.kind !== 'map') return new Map();
  return new Map(
    [...value.fields].map(([name, field]) => [name, textOf(field.kind === 'list' ? listOf(field)[0] : field)]),
  );
}

/** `Authorization: Basic …` and `Bearer …` written as a header. */
function authOfHeaders(
  headers: ReadonlyMap<string, string | undefined>,
  at: Position | undefined,
): CredentialSource | undefined {
  const found = [...headers].find(([name]) => name.toLowerCase() === 'authorization');
  if (found === undefined) return undefined;
  const [header, value] = found;
  const where = at === undefined ? {} : { at };
  const bearer = /^bearer\s+(.*)$/i.exec(value ?? '')?.[1];
  if (bearer !== undefined) return { kind: 'bearer', secret: () => bearer, ...where };
  return { kind: 'header', header, secret: () => value, ...where };
}

function authHandler(component: AlloyComponent, body: AlloyBlock['body']): AlloyComponent | undefined {
  const value = component.scope.attribute(body, 'auth');
  const found = value?.kind === 'reference' ? component.scope.resolve(value.path) : undefined;
  return found === undefined || found === 'opaque' ? undefined : found.component;
}

function authOfHandler(handler: AlloyComponent): CredentialSource | undefined {
  const { scope, block, type } = handler;
  if (type === 'otelcol.auth.basic') {
    const client = blockOf(block.body, 'client_auth')?.body ?? block.body;
    const password = scope.text(client, 'password');
    return { kind: 'basic', ...text('username', scope.text(client, 'username')), secret: () => password, at: block.at };
  }
  if (type === 'otelcol.auth.bearer') {
    const token = scope.text(block.body, 'token');
    return { kind: 'bearer', secret: () => token, at: block.at };
  }
  if (type !== 'otelcol.auth.headers') return { kind: 'header', header: 'Authorization', at: block.at };
  const headers = blocksOf(block.body, 'header').map((header) => {
    return [scope.text(header.body, 'key') ?? '', scope.text(header.body, 'value')] as const;
  });
  return authOfHeaders(new Map(headers), block.at);
}

function inUrl(url: string, at: Position | undefined): CredentialSource | undefined {
  const found = urlCredentials(url);
  if (found === undefined) return undefined;
  return { kind: 'basic', username: found.username, secret: () => found.password, ...(at === undefined ? {} : { at }) };
}

function flag<K extends string>(key: K, value: boolean | undefined): { [P in K]?: boolean } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: boolean };
}

function text<K extends string>(key: K, value: string | undefined): { [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: string };
}
