import type { ClientOptions } from '../../helpers/clients/http-types.ts';
import { TempoClient } from '../../helpers/clients/tempo.ts';
import type { TraceSpan } from '../../helpers/clients/tempo-types.ts';
import type { Probe } from '../../helpers/telemetry/probe/probe.ts';
import { DeadlineError } from '../../helpers/waiting/deadline.ts';
import { eventually, found, notYet } from '../../helpers/waiting/eventually.ts';

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

/**
 * While Tempo hands traces from memory to a block, one that was there a moment ago can be missing or cut: only what is
 * missing again and again is missing.
 */
export async function wholeTrace(
  client: TempoClient,
  traceId: string,
  count: number,
  signal: AbortSignal,
): Promise<readonly TraceSpan[]> {
  let came: readonly TraceSpan[] = [];
  try {
    return await eventually(
      `trace ${traceId} to be whole`,
      async () => {
        came = (await client.trace(traceId, { signal }))?.spans ?? [];
        return came.length >= count ? found(came) : notYet(`${came.length} of ${count} spans`);
      },
      { deadlineMs: HANDOVER_MS, signal },
    );
  } catch (error) {
    if (error instanceof DeadlineError) return came;
    throw error;
  }
}

/** How long a trace can be out of sight on its way into a block. */
const HANDOVER_MS = 2_000;
