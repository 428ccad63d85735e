import type { Story } from '../helpers/telemetry/types.ts';
import type { Settlement } from '../helpers/waiting/settle-gate.ts';
import type { StackDefinition } from '../stack/definition/types.ts';
import type { RunningStack } from '../stack/drivers/types.ts';
import type { RouteProbe } from './push/route-probe.ts';
import type { StoryPush } from './push/story-push.ts';

/** What one run knows once it is under way: shared by all checks, written by the runner's phases only. */
export interface Session {
  readonly runId: string;
  /** Start of the story, milliseconds since the epoch, a whole minute. */
  readonly t0Ms: number;
  readonly definition: StackDefinition;
  readonly stack: RunningStack;
  readonly story: Story;
  /** What was pushed by which route, and what became of it; empty before the push phase. */
  readonly probes: ReadonlyMap<string, RouteProbe>;
  /** The story as it was pushed straight into each backend, by `service signal`. */
  readonly storyPushes: ReadonlyMap<string, StoryPush>;
  /** How long after the stack's start each service was ready, in milliseconds. */
  readonly readyAfterMs: ReadonlyMap<string, number>;
  readonly settlements: readonly Settlement[];
  /** The altering proxy, where a proof puts one in front of a service: from the base URL to another. */
  readonly intercept?: (service: string, baseUrl: string) => string;
}
