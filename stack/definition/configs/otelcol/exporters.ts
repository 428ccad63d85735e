import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { CredentialSource, Output, Protocol, Target } from '../../facts.ts';
import type { Signal } from '../../types.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseGrpcTarget, parseUrlTarget, urlCredentials } from '../shared/addresses.ts';
import type { FindingList } from '../shared/findings.ts';
import { type CollectorModel, type Component, signalsOf } from './model.ts';

/** What the exporters that stand in a pipeline send to. `otlphttp` gives one output a signal: the paths differ. */
export function readOutputs(model: CollectorModel, context: ReaderContext, findings: FindingList): Output[] {
  const outputs: Output[] = [];
  for (const exporter of model.components.exporters.values()) {
    const signals = signalsOf(model, 'exporters', exporter.id);
    if (signals.length === 0) continue;
    const client = clientOf(exporter.node, model, context);
    for (const { url, signals: own, protocol, at } of endpointsOf(exporter, signals)) {
      const address = protocol === 'otlp-grpc' ? grpcAddress(exporter.node, url) : parseUrlTarget(url);
      if (address === undefined) {
        findings.error(
          'CONFIG-URL',
          at.at,
          url === ''
            ? `The exporter ${exporter.id} has no endpoint.`
            : `"${url}" is not an endpoint for ${exporter.id}.`,
          protocol === 'otlp-grpc' ? 'Write host:port.' : 'Write the whole URL with http:// or https://.',
        );
        continue;
      }
      const auth = client.auth ?? inUrl(url, at);
      const target: Target = { ...client, ...address, ...(auth === undefined ? {} : { auth }) };
      outputs.push({ component: exporter.id, purpose: 'push', protocol, signals: own, target, at: at.at });
    }
  }
  return outputs;
}

interface Endpoint {
  readonly url: string;
  readonly signals: readonly Signal[];
  readonly protocol: Protocol;
  readonly at: { readonly at: ConfigNode['at'] };
}

function endpointsOf(exporter: Component, signals: readonly Signal[]): Endpoint[] {
  const { node, type } = exporter;
  const endpoint = nodeAt(node, 'endpoint');
  const url = textAt(endpoint) ?? '';
  const at = endpoint ?? exporter;
  switch (type) {
    case 'otlp':
      return [{ url, signals, protocol: 'otlp-grpc', at }];
    case 'otlphttp':
      return signals.map((signal) => {
        const own = nodeAt(node, `${signal}_endpoint`);
        const written = textAt(own) ?? '';
        if (own !== undefined && written !== '')
          return { url: written, signals: [signal], protocol: 'otlp-http', at: own };
        const path = signal === 'profiles' ? '/v1development/profiles' : `/v1/${signal}`;
        return { url: url === '' ? '' : joinPath(url, path), signals: [signal], protocol: 'otlp-http', at };
      });
    case 'prometheusremotewrite':
      return [{ url, signals: ['metrics'], protocol: 'prometheus-remote-write', at }];
    case 'loki':
      return [{ url, signals: ['logs'], protocol: 'loki-push', at }];
    case 'zipkin':
      return [{ url, signals: ['traces'], protocol: 'zipkin', at }];
    default:
      return [];
  }
}

function grpcAddress(node: ConfigNode, url: string): ReturnType<typeof parseGrpcTarget> {
  const insecure = textAt(node, 'tls', 'insecure') === 'true';
  return url === '' ? undefined : parseGrpcTarget(url, !insecure);
}

type Client = Pick<Target, 'tlsInsecure' | 'tlsSkipVerify' | 'caFile' | 'tenant' | 'headers' | 'auth'>;

function clientOf(node: ConfigNode, model: CollectorModel, context: ReaderContext): Client {
  const headers = headersOf(nodeAt(node, 'headers'));
  let auth: CredentialSource | undefined = authorizationHeader(headers, node);
  const authenticator = textAt(node, 'auth', 'authenticator');
  const extension = authenticator === undefined ? undefined : model.components.extensions.get(authenticator);
  if (extension?.type === 'headerssetter') {
    for (const item of itemsOf(nodeAt(extension.node, 'headers'))) {
      const key = textAt(item, 'key');
      if (key !== undefined) headers.set(key, textAt(item, 'value'));
    }
  } else if (extension !== undefined) auth = fromExtension(extension, context);
  const tenant = [...headers].find(([name]) => name.toLowerCase() === 'x-scope-orgid')?.[1];
  const caFile = textAt(node, 'tls', 'ca_file');
  const insecure = textAt(node, 'tls', 'insecure');
  const skip = textAt(node, 'tls', 'insecure_skip_verify');
  return {
    headers: [...headers.keys()],
    ...(tenant === undefined ? {} : { tenant }),
    ...(caFile === undefined ? {} : { caFile }),
    ...(insecure === undefined ? {} : { tlsInsecure: insecure === 'true' }),
    ...(skip === undefined ? {} : { tlsSkipVerify: skip === 'true' }),
    ...(auth === undefined ? {} : { auth }),
  };
}

/** Headers stand as a map, or since 0.140 as a list of `name` and `value`. */
function headersOf(node: ConfigNode | undefined): Map<string, string | undefined> {
  const headers = new Map<string, string | undefined>();
  for (const [name, entry] of entriesOf(node)) headers.set(name, textAt(entry.node));
  for (const item of itemsOf(node)) {
    const name = textAt(item, 'name');
    if (name !== undefined) headers.set(name, textAt(item, 'value'));
  }
  return headers;
}

function authorizationHeader(
  headers: ReadonlyMap<string, string | undefined>,
  node: ConfigNode,
): CredentialSource | undefined {
  const value = [...headers].find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  const [, scheme = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(value ?? '') ?? [];
  const at = nodeAt(node, 'headers')?.at ?? node.at;
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', secret: () => rest, at };
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [username = '', ...password] = Buffer.from(rest, 'base64').toString('utf8').split(':');
  return { kind: 'basic', username, secret: () => password.join(':'), at };
}

function fromExtension(extension: Component, context: ReaderContext): CredentialSource {
  const { node, at, type } = extension;
  const text = (...path: string[]) => textAt(node, ...path);
  const inFile = (path: string | undefined) => () =>
    path === undefined ? undefined : context.readFile(path)?.text.trim();
  if (type === 'basicauth') {
    const username = text('client_auth', 'username') ?? inFile(text('client_auth', 'username_file'))();
    const password = text('client_auth', 'password');
    const secret = password === undefined ? inFile(text('client_auth', 'password_file')) : () => password;
    return { kind: 'basic', ...(username === undefined ? {} : { username }), secret, at };
  }
  if (type === 'bearertokenauth' && (text('header') ?? 'Authorization') === 'Authorization') {
    const token = text('token');
    return { kind: 'bearer', secret: token === undefined ? inFile(text('filename')) : () => token, at };
  }
  return { kind: 'header', header: text('header') ?? 'Authorization', at };
}

function inUrl(url: string, node: Endpoint['at']): CredentialSource | undefined {
  const found = urlCredentials(url);
  return found === undefined
    ? undefined
    : { kind: 'basic', username: found.username, secret: () => found.password, at: node.at };
}
