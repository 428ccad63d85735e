import { get as getPlain, type RequestOptions } from 'node:http';
import { get as getTls } from 'node:https';
import type { Healthcheck } from '../../definition/types.ts';

/** What a health check asks over HTTP. */
export interface HealthQuestion {
  readonly tls: boolean;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What a health check asks over HTTP, taken out of its command: most are `wget` or `curl` on the service's own
 * loopback. The native driver has no image whose programs could run the command itself, so it asks from outside.
 */
export function healthQuestion(check: Healthcheck | undefined): HealthQuestion | undefined {
  if (check === undefined || check.disabled) return undefined;
  const words = check.test.join(' ');
  const match = /(https?):\/\/(?:([^\s/'"@]+)@)?[^\s/'":@]+(?::(\d+))?(\/[^\s'"|;&]*)?/.exec(words);
  if (match === null) return undefined;
  const [, scheme, inUrl, port, path = '/'] = match;
  const tls = scheme === 'https';
  return { tls, port: Number(port ?? (tls ? 443 : 80)), path, headers: headersOf(check.test, inUrl) };
}

/** `--header 'Name: value'` of wget and curl, `-u user:password` of curl, and credentials in the URL. */
function headersOf(test: readonly string[], inUrl: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  const words = test.join(' ');
  const written = [
    ...[...words.matchAll(/(?:--header|-H)[ =](?:'([^']+)'|"([^"]+)")/g)].map(([, one, other]) => one ?? other ?? ''),
    ...test.flatMap((word, index) => (/^(--header|-H)$/.test(word) ? [test[index + 1] ?? ''] : [])),
  ];
  for (const header of written) {
    const colon = header.indexOf(':');
    if (colon > 0) headers[header.slice(0, colon)] = header.slice(colon + 1).trim();
  }
  const user = inUrl ?? /(?:^|\s)(?:-u|--user)[ =]['"]?([^\s'"]+)/.exec(words)?.[1];
  if (user !== undefined) headers.Authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  return headers;
}

/** Whether a GET answers with a status below 400, as `wget` and `curl -f` see it. */
export function answersWell(
  host: string,
  { tls, port, path, headers }: HealthQuestion,
  timeoutMs: number,
): Promise<boolean> {
  return new Promise((resolve) => {
    const options: RequestOptions = { host, port, path, headers, timeout: timeoutMs, agent: false };
    // The check itself asks on loopback, whatever name the certificate has.
    const request = tls ? getTls({ ...options, rejectUnauthorized: false, agent: false }) : getPlain(options);
    request.on('response', (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
