import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Ajv, ErrorObject } from 'ajv';
import { type ConfigNode, nodeAt } from '../config-node.ts';
import { didYouMean } from '../configs/shared/findings.ts';
import type { Position } from '../position.ts';

const SCHEMA = new URL('../../../schemas/telltale.schema.json', import.meta.url);

export interface SchemaProblem {
  readonly at: Position;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Holds a value against `schemas/telltale.schema.json`.
 *
 * @param root The tree that `value` was made of, for positions.
 * @returns One problem per fault, in the schema's order; empty where the value is valid.
 */
export function validateSettings(value: unknown, root: ConfigNode): readonly SchemaProblem[] {
  // Ajv is loaded here and not above: most stacks have no telltale.yaml, and `check` counts milliseconds.
  const { Ajv: AjvClass } = createRequire(import.meta.url)('ajv') as { Ajv: typeof Ajv };
  const ajv = new AjvClass({ allErrors: true, verbose: true });
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => describe(error, root));
}

function describe(error: ErrorObject, root: ConfigNode): SchemaProblem {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = nodeOf(root, path);
  const at = node?.at ?? root.at;
  const name = path.length === 0 ? 'telltale.yaml' : `"${path.join('.')}"`;
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params.additionalProperty);
    const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
    const meant = didYouMean(key, known);
    const keyAt = node?.kind === 'map' ? node.entries.get(key)?.keyAt : undefined;
    return {
      at: keyAt ?? at,
      message: `${path.length === 0 ? 'telltale.yaml' : name} has no key "${key}".`,
      remedy: meant === undefined ? `The keys here are ${known.join(', ')}.` : `Did you mean "${meant}"?`,
    };
  }
  if (error.keyword === 'enum') {
    const allowed = (error.params.allowedValues as string[]).map(String);
    const meant = didYouMean(String(error.data), allowed);
    return {
      at,
      message: `${name} cannot be "${String(error.data)}".`,
      remedy: `${meant === undefined ? '' : `Did you mean "${meant}"? `}It is one of ${allowed.join(', ')}.`,
    };
  }
  if (error.keyword === 'required') {
    return {
      at,
      message: `${name} lacks "${String(error.params.missingProperty)}".`,
      remedy: `Add "${String(error.params.missingProperty)}:"; an accepted failure says what, why and until when.`,
    };
  }
  if (error.keyword === 'type') {
    const given = node?.kind === 'scalar' ? `"${node.raw}"` : `a ${node?.kind ?? 'value'}`;
    return {
      at,
      message: `${name} must be ${WORDS[String(error.params.type)] ?? String(error.params.type)}, and is ${given}.`,
      remedy: 'Correct the value; docs/telltale-yaml.md and schemas/telltale.schema.json say what each key takes.',
    };
  }
  return {
    at,
    message: `${name} ${error.message ?? 'is not valid'}.`,
    remedy: REMEDIES[path.at(-1) ?? ''] ?? 'Correct the value; schemas/telltale.schema.json says what each key takes.',
  };
}

const WORDS: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

const REMEDIES: Readonly<Record<string, string>> = {
  until: 'Write the day as YYYY-MM-DD.',
  version: 'Write the version as the image tag does: 3.7.8.',
  usernameEnv: 'Write the name of an environment variable, not the value.',
  passwordEnv: 'Write the name of an environment variable, not the secret.',
  bearerEnv: 'Write the name of an environment variable, not the secret.',
};

function nodeOf(root: ConfigNode, path: readonly string[]): ConfigNode | undefined {
  let node: ConfigNode | undefined = root;
  for (const step of path) node = nodeAt(node, node?.kind === 'list' ? Number(step) : step);
  return node;
}
