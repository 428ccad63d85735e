import { type Decoder, field, fieldOr, labelSet, list, object, text } from './decode.ts';
import type { ClientOptions } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';
import type { Labels } from './prometheus-types.ts';

export interface AlertmanagerStatus {
  readonly version: string;
  /** The configuration in force, as YAML text, secrets masked. */
  readonly config: string;
  /** `ready`, `settling`, `disabled`. */
  readonly cluster: string;
}

export interface ReceivedAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly receivers: readonly string[];
  /** `active`, `suppressed`, `unprocessed`. */
  readonly state: string;
  /** RFC 3339. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly fingerprint: string;
  readonly generatorUrl: string;
}

export interface PostedAlert {
  readonly labels: Labels;
  readonly annotations?: Labels;
  /** RFC 3339. */
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly generatorURL?: string;
}

const status: Decoder<AlertmanagerStatus> = (json) => {
  const from = object(json);
  return {
    version: field(field(from, 'versionInfo', object), 'version', text),
    config: field(field(from, 'config', object), 'original', text),
    cluster: field(field(from, 'cluster', object), 'status', text),
  };
};

const receiverName: Decoder<string> = (json) => field(object(json), 'name', text);

const receivedAlert: Decoder<ReceivedAlert> = (json) => {
  const from = object(json);
  return {
    labels: field(from, 'labels', labelSet),
    annotations: fieldOr(from, 'annotations', labelSet, {}),
    receivers: field(from, 'receivers', list(receiverName)),
    state: field(field(from, 'status', object), 'state', text),
    startsAt: field(from, 'startsAt', text),
    endsAt: field(from, 'endsAt', text),
    fingerprint: field(from, 'fingerprint', text),
    generatorUrl: fieldOr(from, 'generatorURL', text, ''),
  };
};

/** Alertmanager's API v2, https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml */
export class AlertmanagerClient {
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

  status(): Promise<AlertmanagerStatus> {
    return this.api.json({ path: '/api/v2/status' }, status);
  }

  /** @param matchers as `alertname="A"`. */
  alerts(matchers: readonly string[] = []): Promise<readonly ReceivedAlert[]> {
    return this.api.json({ path: '/api/v2/alerts', query: { filter: matchers } }, list(receivedAlert));
  }

  receivers(): Promise<readonly string[]> {
    return this.api.json({ path: '/api/v2/receivers' }, list(receiverName));
  }

  /** Notifies real receivers: never on a stack that is not ours. */
  async post(alerts: readonly PostedAlert[]): Promise<void> {
    await this.api.http.requestOk({ method: 'POST', path: '/api/v2/alerts', json: alerts });
  }

  /** Its own metrics. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }
}
