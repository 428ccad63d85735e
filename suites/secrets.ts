import type { StackDefinition } from '../stack/definition/types.ts';

const SECRET_NAME = /pass(word|wd)?|secret|token|api_?key|credential/i;
/** Shorter words would redact half of every report. */
const SHORTEST_SECRET = 6;

/** Values of this stack that no report may show: of environment variables so named, of senders, of `telltale.yaml`. */
export function secretsOf(definition: StackDefinition): readonly string[] {
  const secrets = new Set<string>();
  for (const { environment, facts } of definition.services) {
    for (const [name, { value }] of Object.entries(environment))
      if (value !== null && SECRET_NAME.test(name)) secrets.add(value);
    for (const { target } of facts?.outputs ?? []) {
      const secret = target.auth?.secret?.();
      if (secret !== undefined) secrets.add(secret);
    }
  }
  for (const { credentials } of Object.values(definition.settings.services)) {
    for (const variable of [credentials?.passwordEnv, credentials?.bearerEnv]) {
      const value = variable === undefined ? undefined : process.env[variable];
      if (value) secrets.add(value);
    }
  }
  return [...secrets].filter(({ length }) => length >= SHORTEST_SECRET);
}
