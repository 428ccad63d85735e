import { type Decoder, field, fieldOr, labelSet, listOrNull, mapOf, object, text } from './decode.ts';
import type { ClientOptions } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';
import { envelope } from './prometheus-decode.ts';
import type { Labels } from './prometheus-types.ts';

export interface PushStatus {
  readonly version: string;
  readonly flags: Readonly<Record<string, string>>;
}

const pushStatus: Decoder<PushStatus> = (json) => {
  const from = object(json);
  return {
    version: field(field(from, 'build_information', object), 'version', text),
    flags: fieldOr(from, 'flags', mapOf(text), {}),
  };
};

const groupLabels: Decoder<Labels> = (json) => field(object(json), 'labels', labelSet);

/** The push gateway's API, https://github.com/prometheus/pushgateway#api. Written from its documentation. */
export class PushgatewayClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/ready', signal);
  }

  healthy(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/healthy', signal);
  }

  async status(): Promise<PushStatus> {
    return (await this.api.json({ path: '/api/v1/status' }, envelope(pushStatus))).data;
  }

  /** The labels of each group that was pushed. */
  async groups(): Promise<readonly Labels[]> {
    return (await this.api.json({ path: '/api/v1/metrics' }, envelope(listOrNull(groupLabels)))).data;
  }

  /** Replaces all metrics of the group. @param exposition Prometheus text format, ends with a line feed. */
  async push(group: PushGroup, exposition: string): Promise<void> {
    await this.api.http.requestOk({
      method: 'PUT',
      path: groupPath(group),
      headers: { 'Content-Type': 'text/plain; version=0.0.4' },
      body: exposition,
    });
  }

  async remove(group: PushGroup): Promise<void> {
    await this.api.http.requestOk({ method: 'DELETE', path: groupPath(group) });
  }

  /** What Prometheus would scrape. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }
}

export interface PushGroup {
  readonly job: string;
  readonly labels?: Labels;
}

/** Values with a slash, and empty ones, go as base64. */
function groupPath({ job, labels = {} }: PushGroup): string {
  const pairs = [['job', job] as const, ...Object.entries(labels)];
  return `/metrics${pairs.map(([name, value]) => `/${pair(name, value)}`).join('')}`;
}

function pair(name: string, value: string): string {
  if (value !== '' && !value.includes('/')) return `${name}/${encodeURIComponent(value)}`;
  return `${name}@base64/${value === '' ? '=' : Buffer.from(value).toString('base64url')}`;
}
