import type { Target } from '../../facts.ts';

/**
 * A listen address as Go takes it: `:9090`, `0.0.0.0:9090`, `[::]:9090`, `localhost:4317`.
 *
 * @returns Host ('' for all addresses) and port, or undefined where there is no numeric port. `fallbackPort` is used
 * where the text has none.
 */
export function parseListenAddress(text: string, fallbackPort?: number): { host: string; port: number } | undefined {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, v6, name, port] = match;
  if (port === undefined && fallbackPort === undefined) return undefined;
  const number = port === undefined ? fallbackPort : Number(port);
  if (number === undefined || number > 65_535) return undefined;
  return { host: v6 === '::' ? '' : (v6 ?? name ?? ''), port: number };
}

/** True for an address that only the container itself reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** The parts of a target that its own text holds. */
export type TargetAddress = Pick<Target, 'written' | 'scheme' | 'host' | 'port' | 'path'>;

/**
 * Takes the URL of a remote end apart. Credentials in it are masked in `written`.
 *
 * @returns undefined where the text has no http(s) scheme or no host.
 */
export function parseUrlTarget(text: string): TargetAddress | undefined {
  const match = /^(https?):\/\/(?:[^/@?#]*@)?(\[[^\]]+\]|[^/:?#]+)(?::(\d+))?([^?#]*)/i.exec(text.trim());
  if (match === null) return undefined;
  const [, written = '', host = '', port, path = ''] = match;
  const scheme = written.toLowerCase() === 'https' ? 'https' : 'http';
  return {
    written: maskUrl(text.trim()),
    scheme,
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (scheme === 'https' ? 443 : 80) : Number(port),
    path,
  };
}

/** The user and password of a URL, decoded. The caller decides how far they may travel. */
export function urlCredentials(text: string): { username: string; password: string } | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^/@?#:]*)(?::([^/@?#]*))?@/i.exec(text.trim());
  if (match === null) return undefined;
  const decode = (part: string): string => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  };
  return { username: decode(match[1] ?? ''), password: decode(match[2] ?? '') };
}

/** The URL with the password (and query values that look like tokens) replaced by `***`. */
export function maskUrl(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@?#:]*):[^/@?#]*@/i, '$1:***@')
    .replace(/([?&](?:[^=&]*(?:token|password|secret|key)[^=&]*)=)[^&#]*/gi, '$1***');
}

/**
 * Takes a gRPC target apart: `tempo:4317`, `dns:///tempo:4317`, `passthrough:///…`, and `http(s)://tempo:4317`, which
 * the Collector and Alloy take too and which decides on TLS.
 *
 * @param tls Whether the client speaks TLS where the text does not say.
 */
export function parseGrpcTarget(text: string, tls: boolean, fallbackPort = 443): TargetAddress | undefined {
  const trimmed = text.trim();
  const schemed = /^(https?):\/\//i.exec(trimmed)?.[1]?.toLowerCase();
  const bare = trimmed.replace(/^https?:\/\//i, '').replace(/^(dns|passthrough|unix|ipv4|ipv6):\/{0,3}/, '');
  const address = parseListenAddress(bare.replace(/\/.*$/, ''), fallbackPort);
  if (address === undefined) return undefined;
  const secure = schemed === undefined ? tls : schemed === 'https';
  return { written: maskUrl(trimmed), scheme: secure ? 'grpcs' : 'grpc', ...address, path: '' };
}

/** Joins an endpoint and the path that a client appends, with one slash between: `/otlp` + `/v1/logs`. */
export function joinPath(base: string, suffix: string): string {
  return `${base.replace(/\/+$/, '')}/${suffix.replace(/^\/+/, '')}`;
}
