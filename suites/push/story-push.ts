import { type Payload, payloadOf, type TelemetrySignal, withoutKinds } from '../../helpers/telemetry/payload.ts';
import { type PushSummary, pushAll } from '../../helpers/telemetry/senders/push-all.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import { compareVersions, parseVersion } from '../../stack/engines/store/version.ts';
import type { Session } from '../session.ts';
import { pushEndpoint } from './endpoint.ts';
import { type IngestRoute, ingestRoutes } from './routes.ts';
import { takesStructuredMetadata } from './structured-metadata.ts';

/**
 * The whole story, pushed straight into a backend: the direct route of the design, on which exact answers do not
 * depend on the pipeline of a gateway.
 */
export interface StoryPush {
  readonly route: IngestRoute;
  readonly payload: Payload;
  summary?: PushSummary;
  failure?: string;
  blocked?: { readonly by: string; readonly why: string; readonly remedy?: string };
  settled?: boolean;
  /** Sent and seen, as a sentence. */
  gist?: string;
}

/** The way to send the story, best first: it carries all that the story has. */
const PREFERENCE: Readonly<Record<TelemetrySignal, readonly string[]>> = {
  metrics: ['otlp-http-protobuf', 'prometheus-remote-write'],
  logs: ['otlp-http-protobuf', 'loki-push-protobuf'],
  traces: ['otlp-http-protobuf', 'otlp-grpc'],
};

/** One direct route for each backend that takes its signal from outside. */
export function storyRoutes(definition: StackDefinition): readonly IngestRoute[] {
  const direct = ingestRoutes(definition).filter((route) => route.direct);
  const best = new Map<string, IngestRoute>();
  for (const signal of ['metrics', 'logs', 'traces'] as const) {
    for (const name of PREFERENCE[signal]) {
      for (const route of direct) {
        const key = `${route.subject} ${signal}`;
        if (route.signal === signal && route.sender.name === name && !best.has(key)) best.set(key, route);
      }
    }
  }
  return [...best.values()];
}

/** The story's telemetry of the route's signal, without what this version of the backend cannot take. */
export function storyPayload(session: Pick<Session, 'story' | 'stack'>, route: IngestRoute): Payload {
  const payload = payloadOf(session.story, route.signal);
  return takesNativeHistograms(session, route) ? payload : withoutKinds(payload, ['exponential-histogram']);
}

/** Always on since 3.8 (https://github.com/prometheus/prometheus/releases/tag/v3.8.0), a feature flag before that. */
function takesNativeHistograms({ stack }: Pick<Session, 'stack'>, { service }: IngestRoute): boolean {
  if (service.facts?.features['native-histograms']?.value === true) return true;
  const running = stack.engines.find((engine) => engine.service === service.name);
  const [version, since] = [parseVersion(running?.version ?? ''), parseVersion('3.8.0')];
  return (
    service.engine === 'prometheus' &&
    version !== undefined &&
    since !== undefined &&
    compareVersions(version, since) >= 0
  );
}

/** Sends the story by one route. What the receiver says is kept, not judged. */
export async function pushStory(session: Session, push: StoryPush, signal: AbortSignal): Promise<void> {
  try {
    push.summary = await pushAll(push.route.sender, pushEndpoint(session, push.route), push.payload, {
      signal,
      withoutStructuredMetadata: !takesStructuredMetadata(push.route.service),
    });
  } catch (error) {
    push.failure = error instanceof Error ? error.message : String(error);
  }
}
