import { countOf, type Payload } from '../payload.ts';
import { type PrometheusSeries, prometheusSeries } from '../translation/prometheus.ts';
import { excerpt } from './errors.ts';
import { exposition } from './exposition.ts';
import { request, textOfBody } from './http.ts';
import type { PushEndpoint, Sender, SendOptions, SendResult } from './types.ts';

/**
 * A push gateway keeps the last value of each series, without its time. Each `job` and `instance` is a group, replaced
 * as a whole; a scrape finds them only with `honor_labels: true` under those names, else as `exported_job` and
 * `exported_instance`.
 *
 * @see https://github.com/prometheus/pushgateway#api
 */
export function pushgatewaySender(): Sender {
  return {
    name: 'pushgateway',
    protocol: 'pushgateway',
    compression: 'none',
    signals: ['metrics'],
    defaultPath: () => '/metrics',
    async send(endpoint: PushEndpoint, payload: Payload, options?: SendOptions): Promise<SendResult> {
      if (payload.signal !== 'metrics') throw new RangeError(`A push gateway takes metrics, not ${payload.signal}.`);
      const series = prometheusSeries(payload.resources, payload.metrics, { targetInfo: false });
      const sent = countOf(payload);
      let last: SendResult | undefined;
      for (const group of groupsOf(series)) {
        last = await pushGroup(endpoint, group, options);
        if (!last.accepted) return { ...last, sent, rejected: undefined };
      }
      if (last === undefined) throw new RangeError('There is nothing to push: the payload has no metrics.');
      return { ...last, sent, rejected: 0 };
    },
  };
}

function groupsOf(series: readonly PrometheusSeries[]): readonly (readonly PrometheusSeries[])[] {
  const groups = new Map<string, PrometheusSeries[]>();
  for (const one of series) {
    const key = groupPath(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()];
}

/** Values with a slash go in as base64, and so do all of them here. */
function groupPath(series: PrometheusSeries): string {
  const encoded = (text: string): string => Buffer.from(text).toString('base64url') || '=';
  const { job = 'telltale', instance } = series.labels;
  return `/job@base64/${encoded(job)}${instance === undefined ? '' : `/instance@base64/${encoded(instance)}`}`;
}

async function pushGroup(
  endpoint: PushEndpoint,
  group: readonly PrometheusSeries[],
  options?: SendOptions,
): Promise<SendResult> {
  const [first] = group;
  const url = `${endpoint.url.replace(/\/+$/, '')}${first === undefined ? '' : groupPath(first)}`;
  const body = Buffer.from(exposition(group, ['job', 'instance']));
  const headers = { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' };
  const answer = await request({ method: 'PUT', endpoint: { ...endpoint, url }, body, headers }, options);
  const accepted = answer.status >= 200 && answer.status < 300;
  return {
    accepted,
    status: answer.status,
    transport: 'http',
    sent: group.length,
    rejected: accepted ? 0 : group.length,
    message: excerpt(textOfBody(answer.body)),
    retryable: answer.status >= 500,
    url,
    durationMs: answer.durationMs,
    bytes: body.length,
  };
}
