import { type Decoder, field, fieldOr, floatText, int, int64, list, object, text } from './decode.ts';
import type { ClientOptions } from './http-types.ts';
import { JsonApi, type ProbeAnswer } from './json-api.ts';
import type { TimeRange } from './prometheus.ts';
import { buildInfo } from './prometheus-status-decode.ts';
import type { BuildInfo, Labels } from './prometheus-types.ts';

export interface ProfileType {
  /** `process_cpu:cpu:nanoseconds:cpu:nanoseconds` */
  readonly id: string;
  readonly name: string;
  readonly sampleType: string;
  readonly sampleUnit: string;
}

/** A frame of a merged profile. */
export interface Frame {
  /** From the root: `['main', 'handle', 'query']`. */
  readonly stack: readonly string[];
  readonly total: bigint;
  readonly self: bigint;
}

export interface MergedProfile {
  readonly total: bigint;
  /** Without the root that Pyroscope calls `total`. */
  readonly frames: readonly Frame[];
}

const labelPairs: Decoder<Labels> = (json) =>
  Object.fromEntries(
    list((item): [string, string] => {
      const from = object(item);
      return [field(from, 'name', text), fieldOr(from, 'value', text, '')];
    })(json),
  );

const profileTypes: Decoder<readonly ProfileType[]> = (json) =>
  fieldOr(
    object(json),
    'profileTypes',
    list((item) => {
      const from = object(item);
      return {
        id: field(from, 'ID', text),
        name: fieldOr(from, 'name', text, ''),
        sampleType: fieldOr(from, 'sampleType', text, ''),
        sampleUnit: fieldOr(from, 'sampleUnit', text, ''),
      };
    }),
    [],
  );

/**
 * A flame graph: names, and levels of four numbers a frame: offset to the end of the frame before it on the same level,
 * total, self, index of the name.
 */
export const flamegraph: Decoder<MergedProfile> = (json) => {
  const graph = fieldOr(object(json), 'flamegraph', object, {});
  const names = fieldOr(graph, 'names', list(text), []);
  const levels = fieldOr(
    graph,
    'levels',
    list((level) => fieldOr(object(level), 'values', list(int64), [])),
    [],
  );
  const frames: Frame[] = [];
  let above: { start: bigint; end: bigint; stack: readonly string[] }[] = [{ start: 0n, end: 1n << 62n, stack: [] }];
  for (const [depth, values] of levels.entries()) {
    const here: typeof above = [];
    let at = 0n;
    for (let i = 0; i + 3 < values.length; i += 4) {
      const [offset = 0n, total = 0n, self = 0n, name = 0n] = values.slice(i, i + 4);
      const start = at + offset;
      at = start + total;
      const parent = above.find((frame) => frame.start <= start && at <= frame.end);
      const stack = depth === 0 ? [] : [...(parent?.stack ?? []), names[Number(name)] ?? '?'];
      here.push({ start, end: at, stack });
      if (depth > 0) frames.push({ stack, total, self });
    }
    above = here;
  }
  return { total: fieldOr(graph, 'total', int64, 0n), frames };
};

const names: Decoder<readonly string[]> = (json) => fieldOr(object(json), 'names', list(text), []);
const seriesSets: Decoder<readonly Labels[]> = (json) =>
  fieldOr(
    object(json),
    'labelsSet',
    list((item) => fieldOr(object(item), 'labels', labelPairs, {})),
    [],
  );

const seriesPoints: Decoder<readonly ProfileSeries[]> = (json) =>
  fieldOr(
    object(json),
    'series',
    list((item) => {
      const from = object(item);
      const points = list((entry) => {
        const point = object(entry);
        return { timeMs: fieldOr(point, 'timestamp', int, 0), value: fieldOr(point, 'value', floatText, 0) };
      });
      return { labels: fieldOr(from, 'labels', labelPairs, {}), points: fieldOr(from, 'points', points, []) };
    }),
    [],
  );

export interface ProfileSeries {
  readonly labels: Labels;
  readonly points: readonly { readonly timeMs: number; readonly value: number }[];
}

/**
 * Pyroscope's querier over Connect with JSON, https://grafana.com/docs/pyroscope/latest/reference-server-api/.
 * Written from its documentation and protocol definitions; not yet run against an engine here.
 */
export class PyroscopeClient {
  readonly api: JsonApi;

  constructor(options: ClientOptions) {
    this.api = new JsonApi(options);
  }

  ready(signal?: AbortSignal): Promise<ProbeAnswer> {
    return this.api.probe('/ready', signal);
  }

  profileTypes(range: TimeRange): Promise<readonly ProfileType[]> {
    return this.#call('ProfileTypes', startEnd(range), profileTypes);
  }

  labelNames(range: TimeRange): Promise<readonly string[]> {
    return this.#call('LabelNames', startEnd(range), names);
  }

  labelValues(name: string, range: TimeRange): Promise<readonly string[]> {
    return this.#call('LabelValues', { name, ...startEnd(range) }, names);
  }

  series(matchers: readonly string[], range: TimeRange): Promise<readonly Labels[]> {
    return this.#call('Series', { matchers, labelNames: [], ...startEnd(range) }, seriesSets);
  }

  /** All stacks of the profiles that match, merged. */
  mergedStacks(profileTypeId: string, selector: string, range: TimeRange): Promise<MergedProfile> {
    const request = { profileTypeID: profileTypeId, labelSelector: selector, ...startEnd(range) };
    return this.#call('SelectMergeStacktraces', request, flamegraph);
  }

  /** The same for profiles recorded while certain spans ran. @param spanIds 16 hex digits each. */
  spanStacks(
    profileTypeId: string,
    selector: string,
    spanIds: readonly string[],
    range: TimeRange,
  ): Promise<MergedProfile> {
    const request = {
      profileTypeID: profileTypeId,
      labelSelector: selector,
      spanSelector: spanIds,
      ...startEnd(range),
    };
    return this.#call('SelectMergeSpanProfile', request, flamegraph);
  }

  selectSeries(
    profileTypeId: string,
    selector: string,
    range: TimeRange & { readonly stepMs: number },
    groupBy: readonly string[] = [],
  ): Promise<readonly ProfileSeries[]> {
    const request = {
      profileTypeID: profileTypeId,
      labelSelector: selector,
      ...startEnd(range),
      groupBy,
      step: range.stepMs / 1000,
    };
    return this.#call('SelectSeries', request, seriesPoints);
  }

  buildInfo(): Promise<BuildInfo> {
    return this.api.json({ path: '/api/v1/status/buildinfo' }, (json) => field(object(json), 'data', buildInfo));
  }

  #call<T>(method: string, request: object, decoder: Decoder<T>): Promise<T> {
    const path = `/querier.v1.QuerierService/${method}`;
    return this.api.json({ method: 'POST', path, json: request }, decoder);
  }
}

/** int64 travels as a string in proto3's JSON. */
function startEnd(range: TimeRange): { start: string; end: string } {
  return { start: String(Math.floor(range.startMs)), end: String(Math.ceil(range.endMs)) };
}
