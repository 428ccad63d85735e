import { configAt, type LiveConfig, parseConfigText } from '../../helpers/clients/config-text.ts';
import { LokiClient } from '../../helpers/clients/loki.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import { TempoClient } from '../../helpers/clients/tempo.ts';
import type { ServiceDefinition } from '../../stack/definition/types.ts';
import { apiPort } from '../access.ts';
import type { Session } from '../session.ts';
import type { CheckContext } from '../types.ts';

/** The configuration that an engine itself says is in force, asked by the engine's own keys. */
export interface EffectiveValues {
  /** As the engine writes it; undefined where it does not say. */
  valueOf(key: string): Promise<unknown>;
}

/** Engines that answer with their configuration, and where. Undefined for one that does not. */
export function effectiveValues(context: CheckContext, service: ServiceDefinition): EffectiveValues | undefined {
  switch (service.engine) {
    case 'loki':
      return fromYaml(context, service, () =>
        new LokiClient(context.clientOptions(service, { port: apiPort(service) })).config(),
      );
    case 'tempo':
      return fromYaml(context, service, () =>
        new TempoClient(context.clientOptions(service, { port: apiPort(service) })).config(),
      );
    case 'prometheus':
      return fromPrometheus(context, service);
    default:
      return undefined;
  }
}

function fromYaml(context: CheckContext, service: ServiceDefinition, load: () => Promise<LiveConfig>): EffectiveValues {
  return { valueOf: async (key) => configAt(await onceInSession(context, service, load), key) };
}

/** Some thousand lines that do not change while an engine runs: asked and parsed once for all rows of a session. */
const asked = new WeakMap<Session, Map<string, Promise<LiveConfig>>>();

function onceInSession(
  context: CheckContext,
  service: ServiceDefinition,
  load: () => Promise<LiveConfig>,
): Promise<LiveConfig> {
  const { session } = context;
  // A proof alters each answer anew.
  if (session.intercept !== undefined) return load();
  const ofSession = asked.get(session) ?? new Map<string, Promise<LiveConfig>>();
  asked.set(session, ofSession);
  const known = ofSession.get(service.name) ?? load();
  ofSession.set(service.name, known);
  return known;
}

/** Flags by their name with dashes, keys of the file by their path. */
function fromPrometheus(context: CheckContext, service: ServiceDefinition): EffectiveValues {
  const client = new PrometheusClient(context.clientOptions(service, { port: apiPort(service) }));
  return {
    valueOf: async (key) => {
      if (key.startsWith('-')) return (await client.flags())[key.replace(/^-+/, '')];
      const config = parseConfigText(await client.config(), `the configuration of ${service.name}`);
      return configAt(config, key);
    },
  };
}
