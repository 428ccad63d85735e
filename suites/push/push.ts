import { payloadOf } from '../../helpers/telemetry/payload.ts';
import { makeProbe } from '../../helpers/telemetry/probe/probe.ts';
import { BlockedError } from '../requirement.ts';
import type { Blockers } from '../runner/blockers.ts';
import { pushEndpoint } from './endpoint.ts';
import { probeKey, type RouteProbe } from './route-probe.ts';
import { ingestRoutes } from './routes.ts';
import { pushStory, type StoryPush, storyPayload, storyRoutes } from './story-push.ts';
import { takesStructuredMetadata } from './structured-metadata.ts';
import type { WritableSession } from './writable-session.ts';

/** Pushes a probe by every route. What a receiver says to it is kept, not judged: that is for the checks. */
export async function pushEverything(
  session: WritableSession,
  blockers: Blockers,
  signal: AbortSignal,
  progress: (message: string) => void,
): Promise<void> {
  const routes = ingestRoutes(session.definition);
  const { runId, t0Ms } = session;
  for (const route of routes) {
    const probe = makeProbe({ runId, t0Ms, column: route.key });
    session.probes.set(probeKey(route), { route, probe, settlements: new Map() });
  }
  for (const route of storyRoutes(session.definition)) {
    const blocker = blockers.of({ subject: route.subject, column: '', service: route.service });
    const push: StoryPush = { route, payload: storyPayload(session, route), ...(blocker ? { blocked: blocker } : {}) };
    session.storyPushes.set(`${route.subject} ${route.signal}`, push);
  }
  await Promise.all([...session.probes.values()].map((probe) => pushOne(session, blockers, probe, signal)));
  const stories = [...session.storyPushes.values()].filter(({ blocked }) => blocked === undefined);
  await Promise.all(stories.map((push) => pushStory(session, push, signal)));
  const accepted = [...session.probes.values()].filter(({ delivery }) => delivery?.accepted).length;
  progress(
    `${accepted} of ${routes.length} probes accepted, by ${new Set(routes.map(({ column }) => column)).size} ways of sending`,
  );
}

async function pushOne(
  session: WritableSession,
  blockers: Blockers,
  target: RouteProbe,
  signal: AbortSignal,
): Promise<void> {
  const { route, probe } = target;
  const blocker = blockers.of({ subject: route.subject, column: '', service: route.service });
  if (blocker) {
    target.blocked = blocker;
    return;
  }
  try {
    const endpoint = pushEndpoint(session, route);
    target.sentAtMs = Date.now();
    target.delivery = await route.sender.send(endpoint, payloadOf(probe, route.signal), {
      signal,
      withoutStructuredMetadata: route.ends.some(({ service }) => !takesStructuredMetadata(service)),
    });
  } catch (error) {
    if (error instanceof BlockedError)
      target.blocked = { by: error.by, why: error.message, ...(error.remedy ? { remedy: error.remedy } : {}) };
    else target.failure = error instanceof Error ? error.message : String(error);
  }
}
