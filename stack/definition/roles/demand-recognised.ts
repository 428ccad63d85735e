import type { Output } from '../facts.ts';
import type { Position } from '../position.ts';
import { InputError } from '../position.ts';
import { resolveHost } from '../promises/hosts.ts';
import { followDatasource, isTelemetrySource } from '../promises/routes.ts';
import { engines, isEngine, type StackView } from '../promises/stack-view.ts';
import type { EngineName, ServiceDefinition } from '../types.ts';
import { PROXIES } from './known-others.ts';

interface Unknown {
  readonly service: ServiceDefinition;
  readonly by: string;
  readonly how: string;
  readonly at: Position;
  readonly guess: EngineName | undefined;
}

/**
 * Engines that write telemetry to a service, or query it, rely on it: what is behind it must be known.
 *
 * @throws InputError naming the first such service that nobody recognises, with the `telltale.yaml` lines to add.
 */
export function demandRecognised(view: StackView): void {
  const found = [...pushTargets(view), ...queryTargets(view)].filter(
    ({ service }) => view.settings.services[service.name]?.ignore !== true,
  );
  const [first] = found;
  if (first === undefined) return;
  const names = [...new Set(found.map(({ service }) => service.name))];
  const what = view.others[first.service.name];
  const image = first.service.image === undefined ? 'which is built here' : `image ${first.service.image}`;
  throw new InputError(
    `${first.by} ${first.how} the service ${first.service.name} (${what ?? image}), and Telltale does not recognise an engine behind it.`,
    {
      at: first.at,
      remedy: `Say in telltale.yaml what it is, or that it is to be left alone:\n\nservices:\n${names
        .map((name) => linesFor(view, name, found))
        .join('\n')}`,
    },
  );
}

function linesFor(view: StackView, name: string, found: readonly Unknown[]): string {
  const guess = found.find((one) => one.service.name === name && one.guess !== undefined)?.guess;
  const other = view.others[name];
  if (guess === undefined || other !== undefined) return `  ${name}:\n    ignore: true`;
  return `  ${name}:\n    engine: ${guess}   # or: ignore: true`;
}

function pushTargets(view: StackView): Unknown[] {
  return engines(view).flatMap((from) =>
    from.facts.outputs
      .filter((output) => output.purpose === 'push' || output.purpose === 'rule-write')
      .filter(
        (output) =>
          from.engine !== 'otelcol' || from.facts.pipelines.some((one) => one.exporters.includes(output.component)),
      )
      .flatMap((output): Unknown[] => {
        const found = resolveHost(view, from, output.target.host, output.target.port);
        if (found.kind !== 'services' || found.services.some(isEngine)) return [];
        const [service] = found.services;
        if (service === undefined || service === from || isProxy(view, service)) return [];
        return [
          {
            service,
            by: from.name,
            how: `writes ${output.signals.join(', ') || 'telemetry'} to`,
            at: output.at,
            guess: guessOf(output),
          },
        ];
      }),
  );
}

function queryTargets(view: StackView): Unknown[] {
  return engines(view).flatMap((from) =>
    from.facts.datasources.filter(isTelemetrySource).flatMap((source): Unknown[] => {
      const to = followDatasource(view, from, source)?.to;
      if (to === undefined || to === from || isEngine(to)) return [];
      if (isProxy(view, to)) return [];
      const guess = ({ prometheus: 'prometheus', loki: 'loki', tempo: 'tempo', alertmanager: 'alertmanager' } as const)[
        source.type as 'loki'
      ];
      if (source.type === 'alertmanager') return [];
      return [{ service: to, by: from.name, how: 'queries', at: source.at, guess: guess ?? 'pyroscope' }];
    }),
  );
}

/** What a reverse proxy hands on, and to whom, its own configuration says: what is behind it is asked directly. */
function isProxy(view: StackView, service: ServiceDefinition): boolean {
  return PROXIES.has(view.others[service.name] ?? '');
}

function guessOf(output: Output): EngineName | undefined {
  if (output.protocol === 'loki-push') return 'loki';
  if (output.protocol === 'prometheus-remote-write') return 'prometheus';
  if (output.protocol === 'pyroscope-push') return 'pyroscope';
  if (output.protocol === 'pushgateway') return 'pushgateway';
  const [signal, ...more] = output.signals;
  if (signal === undefined || more.length > 0) return output.protocol.startsWith('otlp') ? 'otelcol' : undefined;
  return ({ metrics: 'prometheus', logs: 'loki', traces: 'tempo', profiles: 'pyroscope' } as const)[signal];
}
