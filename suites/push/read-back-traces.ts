import type { ClientOptions } from '../../helpers/clients/http-types.ts';
import type { Probe } from '../../helpers/telemetry/probe/probe.ts';

/** How many spans of a probe's trace are visible by its id. */
export async function countProbeSpans(_options: ClientOptions, _probe: Probe, _signal: AbortSignal): Promise<number> {
  throw new Error('not wired yet');
}
