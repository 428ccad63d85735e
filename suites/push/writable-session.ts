import { storyStart } from '../../helpers/telemetry/story/clock.ts';
import { makeStory } from '../../helpers/telemetry/story/story.ts';
import type { Settlement } from '../../helpers/waiting/settle-gate.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import type { RunningStack } from '../../stack/drivers/types.ts';
import type { Session } from '../session.ts';
import type { RouteProbe } from './route-probe.ts';
import type { StoryPush } from './story-push.ts';

/** The session as the runner's phases write it; checks see it as a `Session`. */
export interface WritableSession extends Session {
  readonly probes: Map<string, RouteProbe>;
  readonly storyPushes: Map<string, StoryPush>;
  readonly readyAfterMs: Map<string, number>;
  readonly settlements: Settlement[];
}

/** A session with nothing pushed yet. The story is dated at the moment that this is called. */
export function newSession(runId: string, definition: StackDefinition, stack: RunningStack): WritableSession {
  const t0Ms = storyStart(Date.now());
  return {
    runId,
    t0Ms,
    definition,
    stack,
    story: makeStory({ runId, t0Ms }),
    probes: new Map(),
    storyPushes: new Map(),
    readyAfterMs: new Map(),
    settlements: [],
  };
}
