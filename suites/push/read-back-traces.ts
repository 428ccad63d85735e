import type { ClientOptions } from '../../helpers/clients/http-types.ts';
import { TempoClient } from '../../helpers/clients/tempo.ts';
import type { TraceSpan } from '../../helpers/clients/tempo-types.ts';
import type { Probe } from '../../helpers/telemetry/probe/probe.ts';

/** The spans of a probe's trace, by its id. Empty where the backend has none. */
export async function probeSpans(
  options: ClientOptions,
  probe: Probe,
  signal?: AbortSignal,
): Promise<readonly TraceSpan[]> {
  const trace = await new TempoClient(options).trace(probe.traceId, signal === undefined ? {} : { signal });
  return trace?.spans ?? [];
}

/** How many spans of a probe's trace are visible by its id. */
export async function countProbeSpans(options: ClientOptions, probe: Probe, signal: AbortSignal): Promise<number> {
  return (await probeSpans(options, probe, signal)).length;
}
