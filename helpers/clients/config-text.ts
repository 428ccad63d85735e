import { parse } from 'yaml';
import { isJsonObject, type JsonObject, mismatch } from './decode.ts';

/** The configuration that an engine says is in force. */
export interface LiveConfig {
  /** As answered. */
  readonly text: string;
  readonly value: JsonObject;
}

/** @throws DecodeError when it is not a YAML mapping. */
export function parseConfigText(text: string, source: string): LiveConfig {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: -1 });
  } catch (error) {
    throw mismatch(`YAML (${error instanceof Error ? error.message : error})`, text).in(source);
  }
  if (!isJsonObject(value)) throw mismatch('a YAML mapping', value).in(source);
  return { text, value };
}

/** The value at a path such as `limits_config.retention_period`, undefined where there is none. */
export function configAt(config: LiveConfig, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (isJsonObject(at) ? at[key] : undefined), config.value);
}
