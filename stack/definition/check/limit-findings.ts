import { formatDuration } from '../configs/shared/durations.ts';
import type { LimitFact } from '../facts.ts';
import type { Finding, Setting } from '../position.ts';
import { bytes } from '../promises/promise-of.ts';
import { type EngineService, engines, type StackView } from '../promises/stack-view.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * What one ordinary application needs, far below every default: a line with a stack trace's first lines, the labels
 * that OTLP makes of a resource, some requests a second. A limit beneath it refuses ordinary telemetry.
 */
const FLOORS: readonly { readonly key: RegExp; readonly least: number; readonly needs: string }[] = [
  { key: /max_line_size$/, least: 256, needs: 'an ordinary log line is longer' },
  { key: /ingestion_rate_mb$/, least: 10_240, needs: 'a single application writes more' },
  { key: /ingestion_burst_size_mb$/, least: 10_240, needs: 'a single batch is larger' },
  { key: /per_stream_rate_limit(_burst)?$/, least: 4_096, needs: 'a single batch of one application is larger' },
  { key: /max_label_names_per_series$/, least: 5, needs: 'OTLP resources and collectors give a stream more' },
  { key: /max_label_value_length$/, least: 32, needs: 'names of pods and instances are longer' },
  { key: /max_label_name_length$/, least: 24, needs: 'OTLP attribute names are longer' },
  { key: /max_structured_metadata_size$/, least: 512, needs: 'trace id, span id and a few attributes are larger' },
  { key: /max_structured_metadata_entries_count$/, least: 8, needs: 'OTLP gives every line more' },
  { key: /max_(global_)?streams_per_user$/, least: 10, needs: 'each instance of a service is a stream' },
  { key: /reject_old_samples_max_age$/, least: 5 * MINUTE, needs: 'a gateway that retries is later than that' },
  { key: /max_query_length$/, least: HOUR, needs: 'an ordinary dashboard looks back for hours' },
  { key: /max_query_lookback$/, least: HOUR, needs: 'an ordinary dashboard looks back for hours' },
  { key: /max_query_bytes_read$/, least: 1_048_576, needs: 'an ordinary query reads more' },
  { key: /max_querier_bytes_read$/, least: 1_048_576, needs: 'an ordinary query reads more' },
  { key: /max_entries_limit_per_query$/, least: 100, needs: 'Grafana asks for 1000 lines' },
  { key: /query_timeout$/, least: 500, needs: 'a query over some hours takes longer' },
  { key: /max_bytes_per_trace$/, least: 10_240, needs: 'a trace of a few services is larger' },
  { key: /max_traces_per_user$/, least: 50, needs: 'more requests than that are under way' },
  { key: /rate_limit_bytes$/, least: 10_240, needs: 'a single application sends more' },
  { key: /burst_size_bytes$/, least: 10_240, needs: 'a single batch is larger' },
];

/** Limits of one pair where the second must hold what the first lets through. */
const FITS: readonly { readonly small: RegExp; readonly large: RegExp }[] = [
  { small: /max_line_size$/, large: /ingestion_burst_size_mb$/ },
  { small: /max_line_size$/, large: /per_stream_rate_limit_burst$/ },
];

/**
 * Limits with which hardly anything gets through, limits that contradict each other, and retention after which data are
 * gone before anybody looks. 0 switches most of these limits off, and is left alone.
 *
 * @see https://grafana.com/docs/loki/latest/configure/#limits_config
 */
export function limitFindings(view: StackView): Finding[] {
  return engines(view).flatMap((service) => [...tooSmall(service), ...contradictions(service), ...tooShort(service)]);
}

function written({ setting }: LimitFact): boolean {
  return setting.from !== 'default' && setting.from !== 'image';
}

function tooSmall(service: EngineService): Finding[] {
  return service.facts.limits.filter(written).flatMap((limit): Finding[] => {
    const floor = FLOORS.find(({ key }) => key.test(limit.key));
    const { value } = limit.setting;
    if (floor === undefined || value === 0 || value >= floor.least) return [];
    return [
      finding(service, 'LIMIT-TINY', limit.setting, {
        message: `${limit.key} is ${shown(limit)}, and ${floor.needs}: ${service.name} refuses ordinary telemetry or queries.`,
        remedy: `Set ${lastPart(limit.key)} to ${shown({ ...limit, setting: { ...limit.setting, value: floor.least } })} at the very least, or leave it out for the default.`,
      }),
    ];
  });
}

function contradictions(service: EngineService): Finding[] {
  const { limits } = service.facts;
  return FITS.flatMap(({ small, large }): Finding[] => {
    const [inner, outer] = [small, large].map((key) =>
      limits.find((one) => key.test(one.key) && one.tenant === undefined),
    );
    if (inner === undefined || outer === undefined || !written(outer) || !written(inner)) return [];
    if (outer.setting.value === 0 || inner.setting.value <= outer.setting.value) return [];
    return [
      finding(service, 'LIMIT-CONTRADICTION', outer.setting, {
        message: `${outer.key} is ${shown(outer)}, less than ${inner.key} with ${shown(inner)}: a line that the one allows can never pass the other.`,
        remedy: `Set ${lastPart(outer.key)} to ${lastPart(inner.key)} or more.`,
      }),
    ];
  });
}

/** The shortest that an engine documents; what is shorter works only by accident, or not at all. */
const SHORTEST: Readonly<Partial<Record<string, { readonly ms: number; readonly why: string }>>> = {
  loki: { ms: DAY, why: 'Loki deletes by whole index tables of 24h, its documented minimum' },
  prometheus: { ms: 2 * HOUR, why: 'Prometheus deletes whole blocks of 2h' },
};

function tooShort(service: EngineService): Finding[] {
  return service.facts.retention.flatMap(({ period, sizeBytes }): Finding[] => {
    const least = SHORTEST[service.engine];
    if (period !== undefined && period.value > 0 && period.from !== 'default') {
      if (period.value < HOUR) {
        return [
          finding(service, 'RETENTION-TINY', period, {
            message: `${service.name} deletes what is older than ${formatDuration(period.value)}: data are gone before anybody looks at them.`,
            remedy: 'Set days, or remove the key for the default.',
          }),
        ];
      }
      if (least !== undefined && period.value < least.ms) {
        return [
          {
            ...finding(service, 'RETENTION-SHORT', period, {
              message: `A retention of ${formatDuration(period.value)} cannot be kept to: ${least.why}.`,
              remedy: `Set ${formatDuration(least.ms)} or more.`,
            }),
            severity: 'warning',
          },
        ];
      }
    }
    if (sizeBytes !== undefined && sizeBytes.value > 0 && sizeBytes.value < 16 * 2 ** 20) {
      return [
        finding(service, 'RETENTION-TINY', sizeBytes, {
          message: `${service.name} keeps ${bytes(sizeBytes.value)} and deletes whole blocks beyond that, and a single block is larger.`,
          remedy: 'Set some GB, or remove the key.',
        }),
      ];
    }
    return [];
  });
}

function finding(
  service: EngineService,
  id: string,
  setting: Setting<number>,
  words: Pick<Finding, 'message' | 'remedy'>,
): Finding {
  return {
    id,
    severity: 'error',
    service: service.name,
    ...(setting.at === undefined ? {} : { at: setting.at }),
    ...words,
  };
}

function lastPart(key: string): string {
  return key.slice(key.lastIndexOf('.') + 1);
}

function shown({ setting, unit }: LimitFact): string {
  if (unit === 'ms') return formatDuration(setting.value);
  if (unit === 'bytes') return bytes(setting.value);
  return unit === 'bytes/s' ? `${bytes(setting.value)} a second` : String(setting.value);
}
