import type { PrometheusSeries } from '../translation/prometheus.ts';

/**
 * The last value of each series in Prometheus' text format 0.0.4; families without a value in that format (native
 * histograms, series that ended) are left out. Without times: a push gateway refuses them.
 *
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function exposition(series: readonly PrometheusSeries[], without: readonly string[] = []): string {
  const families = new Map<string, PrometheusSeries[]>();
  for (const one of series) families.set(one.family, [...(families.get(one.family) ?? []), one]);
  return [...families].map(([family, members]) => familyText(family, members, without)).join('');
}

function familyText(family: string, members: readonly PrometheusSeries[], without: readonly string[]): string {
  const lines = members.flatMap((one) => {
    const last = one.samples.at(-1);
    return last === undefined || last.stale === true
      ? []
      : [`${one.name}${labelText(one, without)} ${valueText(last.value)}\n`];
  });
  const [first] = members;
  if (first === undefined || lines.length === 0) return '';
  return `# HELP ${family} ${escapeHelp(first.help)}\n# TYPE ${family} ${first.type}\n${lines.join('')}`;
}

function labelText(series: PrometheusSeries, without: readonly string[]): string {
  const pairs = Object.entries(series.labels)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => `${name}="${value.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

function escapeHelp(help: string): string {
  return help.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');
}

function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}
