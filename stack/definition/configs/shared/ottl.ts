import type { AttributeScope, Effect } from '../../facts.ts';

/** Contexts of the transform processor's statements. */
export type OttlContext = 'resource' | 'scope' | 'span' | 'spanevent' | 'metric' | 'datapoint' | 'log' | 'profile';

/**
 * What OTTL statements of the transform processor do, in as far as it can be computed: attributes set to constants,
 * deleted or renamed, metrics renamed. Everything else that changes data is `unknown`. Statements of one list are
 * looked at together: a copy whose source is deleted afterwards is a rename.
 *
 * @param context Of the list. Where undefined it is taken from the paths (`span.attributes["k"]`).
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/transformprocessor
 */
export function ottlEffects(statements: readonly string[], context?: OttlContext): Effect[] {
  const copies: { scope: AttributeScope; from: string; to: string; statement: string }[] = [];
  const effects: Effect[] = [];
  for (const statement of statements) {
    const { call, where } = splitWhere(statement.trim());
    const copied = where === undefined ? copyOf(call, context) : undefined;
    if (copied !== undefined) {
      copies.push({ ...copied, statement });
      continue;
    }
    const effect = effectOf(call, where, context);
    const source =
      effect?.kind === 'delete-attribute'
        ? copies.findIndex((copy) => copy.from === effect.key && copy.scope === effect.scope)
        : -1;
    const [copy] = source < 0 ? [] : copies.splice(source, 1);
    if (copy !== undefined) effects.push({ kind: 'rename-attribute', scope: copy.scope, from: copy.from, to: copy.to });
    else if (effect !== undefined) effects.push(effect);
  }
  for (const copy of copies) effects.push({ kind: 'unknown', why: `the statement ${copy.statement} copies a value` });
  return effects;
}

function effectOf(call: string, where: string | undefined, context: OttlContext | undefined): Effect | undefined {
  const set = /^set\(\s*([\w.]+)\[\s*"([^"]+)"\s*\]\s*,\s*("(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?|true|false)\s*\)$/.exec(
    call,
  );
  if (set !== null) {
    const [, path = '', key = '', literal = ''] = set;
    const scope = scopeOf(path, context);
    const mode = modeOf(where, path, key);
    if (scope !== undefined && mode !== undefined) {
      return { kind: 'set-attribute', scope, key, value: unquote(literal), mode };
    }
  }
  const deleted = /^delete_key\(\s*([\w.]+)\s*,\s*"([^"]+)"\s*\)$/.exec(call);
  if (deleted !== null && where === undefined) {
    const scope = scopeOf(deleted[1] ?? '', context);
    if (scope !== undefined) return { kind: 'delete-attribute', scope, key: deleted[2] ?? '' };
  }
  const renamed = /^set\(\s*(?:metric\.)?name\s*,\s*"([^"]+)"\s*\)$/.exec(call);
  const from = /^(?:metric\.)?name\s*==\s*"([^"]+)"$/.exec(where ?? '')?.[1];
  const isMetric = context === 'metric' || call.includes('metric.name');
  if (renamed !== null && from !== undefined && isMetric) return { kind: 'rename-metric', from, to: renamed[1] ?? '' };
  if (/^replace_(?:all_)?(?:pattern|match|patterns|matches)\(/.test(call)) return { kind: 'redact', what: call };
  // Sets the statuses, bodies and times that the story fixes, or something that is not read here.
  return {
    kind: 'unknown',
    why: `the statement ${where === undefined ? call : `${call} where ${where}`} is not computed`,
  };
}

function copyOf(
  call: string,
  context: OttlContext | undefined,
): { scope: AttributeScope; from: string; to: string } | undefined {
  const match = /^set\(\s*([\w.]+)\[\s*"([^"]+)"\s*\]\s*,\s*([\w.]+)\[\s*"([^"]+)"\s*\]\s*\)$/.exec(call);
  if (match === null || match[1] !== match[3]) return undefined;
  const scope = scopeOf(match[1] ?? '', context);
  return scope === undefined ? undefined : { scope, from: match[4] ?? '', to: match[2] ?? '' };
}

/** `call where condition`, the word looked for outside of strings and parentheses. */
function splitWhere(statement: string): { call: string; where?: string } {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < statement.length; index++) {
    const char = statement.charAt(index);
    if (quoted && char === '\\') index++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === '(') depth++;
    else if (!quoted && char === ')') depth--;
    else if (!quoted && depth === 0 && /^\swhere\s/.test(statement.slice(index, index + 7))) {
      return { call: statement.slice(0, index).trim(), where: statement.slice(index + 7).trim() };
    }
  }
  return { call: statement };
}

function modeOf(where: string | undefined, path: string, key: string): 'insert' | 'update' | 'upsert' | undefined {
  if (where === undefined) return 'upsert';
  const match = /^([\w.]+)\[\s*"([^"]+)"\s*\]\s*(==|!=)\s*nil$/.exec(where);
  if (match === null || match[1] !== path || match[2] !== key) return undefined;
  return match[3] === '==' ? 'insert' : 'update';
}

function scopeOf(path: string, context: OttlContext | undefined): AttributeScope | undefined {
  const [first = '', second] = path.split('.');
  const own = second === undefined ? context : (first as OttlContext);
  if ((second ?? first) !== 'attributes' || own === undefined) return undefined;
  return SCOPES[own];
}

const SCOPES: Readonly<Partial<Record<OttlContext | 'instrumentation_scope', AttributeScope>>> = {
  resource: 'resource',
  scope: 'scope',
  instrumentation_scope: 'scope',
  span: 'span',
  log: 'log',
  datapoint: 'datapoint',
};

function unquote(literal: string): string {
  if (!literal.startsWith('"')) return literal;
  return literal.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ({ n: '\n', t: '\t' })[char] ?? char);
}
