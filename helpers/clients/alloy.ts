import { type Decoder, field, fieldOr, list, object, text } from './decode.ts';
import type { ClientOptions } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import { type MetricFamily, parseMetricsText } from './metrics-text.ts';

/** A component that Alloy runs. */
export interface AlloyComponent {
  /** `otelcol.exporter.otlp.default`; within a module, behind the module's id and a slash. */
  readonly id: string;
  /** `otelcol.exporter.otlp` */
  readonly name: string;
  /** `healthy`, `unhealthy`, `unknown`, `exited`. */
  readonly health: string;
  readonly healthMessage: string;
  readonly referencesTo: readonly string[];
  readonly referencedBy: readonly string[];
}

const component: Decoder<AlloyComponent> = (json) => {
  const from = object(json);
  const health = fieldOr(from, 'health', object, {});
  const module = fieldOr(from, 'moduleID', text, '');
  const id = field(from, 'localID', text);
  return {
    id: module === '' ? id : `${module}/${id}`,
    name: field(from, 'name', text),
    health: fieldOr(health, 'state', text, 'unknown'),
    healthMessage: fieldOr(health, 'message', text, ''),
    referencesTo: fieldOr(from, 'referencesTo', list(text), []),
    referencedBy: fieldOr(from, 'referencedBy', list(text), []),
  };
};

/** Alloy's HTTP endpoints, https://grafana.com/docs/alloy/latest/reference/http/, and the API behind its UI. */
export class AlloyClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/ready', signal);
  }

  /** 500 with the names of unhealthy components where there are any. */
  healthy(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/-/healthy', signal);
  }

  components(): Promise<readonly AlloyComponent[]> {
    return this.api.json({ path: '/api/v0/web/components' }, list(component));
  }

  /** Its own metrics. */
  async metrics(): Promise<readonly MetricFamily[]> {
    return parseMetricsText(await this.api.text({ path: '/metrics' }));
  }
}
