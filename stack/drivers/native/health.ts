import { get } from 'node:http';
import type { Healthcheck } from '../../definition/types.ts';

/**
 * What a health check asks over HTTP, taken out of its command: most are `wget` or `curl` on the service's own
 * loopback. The native driver has no image whose programs could run the command itself, so it asks from outside.
 */
export function healthUrl(
  check: Healthcheck | undefined,
): { readonly port: number; readonly path: string } | undefined {
  if (check === undefined || check.disabled) return undefined;
  const match = /https?:\/\/[^\s/'":]+(?::(\d+))?(\/[^\s'"|;&]*)?/.exec(check.test.join(' '));
  return match ? { port: Number(match[1] ?? 80), path: match[2] ?? '/' } : undefined;
}

/** Whether a GET answers with a status below 400, as `wget` and `curl -f` see it. */
export function answersWell(host: string, port: number, path: string, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host, port, path, timeout: timeoutMs, agent: false }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}
