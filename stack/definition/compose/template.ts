/** Value of a variable, or undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

/** A `${…}` that cannot be replaced: badly formed, or a required variable without a value. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly variable: string | undefined;
  constructor(message: string, variable?: string) {
    super(message);
    this.variable = variable;
  }
}

const NAME = /[_a-zA-Z][_a-zA-Z0-9]*/y;
const OPERATOR = /:?[-+?]/y;

/**
 * Replaces `$VAR`, `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?error}`, `${VAR?error}`, `${VAR:+other}`,
 * `${VAR+other}`, nested in one another, and `$$`, as compose does. A `$` before anything else stays.
 *
 * @param unset is told of every plain variable that has no value and so became empty.
 * @throws TemplateError
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function substitute(template: string, lookup: Lookup, unset: (name: string) => void): string {
  let result = '';
  let offset = 0;
  for (;;) {
    const dollar = template.indexOf('$', offset);
    if (dollar === -1) return result + template.slice(offset);
    result += template.slice(offset, dollar);
    const next = template[dollar + 1];
    if (next === '$') {
      result += '$';
      offset = dollar + 2;
    } else if (next === '{') {
      const end = closingBrace(template, dollar);
      result += braced(template.slice(dollar + 2, end), lookup, unset, template);
      offset = end + 1;
    } else {
      const name = nameAt(template, dollar + 1);
      result += name === undefined ? '$' : plain(name, lookup, unset);
      offset = dollar + 1 + (name?.length ?? 0);
    }
  }
}

function plain(name: string, lookup: Lookup, unset: (name: string) => void): string {
  const value = lookup(name);
  if (value === undefined) unset(name);
  return value ?? '';
}

function nameAt(text: string, offset: number): string | undefined {
  NAME.lastIndex = offset;
  return NAME.exec(text)?.[0];
}

/** Braces inside a default count, so that JSON may stand there; where they do not balance, the last one of the line ends it. */
function closingBrace(template: string, start: number): number {
  let open = 0;
  for (let i = start; i < template.length; i++) {
    if (template[i] === '{') {
      open++;
      // `{}` opens and does not close: compose reads on after any character that follows a brace.
      i++;
    } else if (template[i] === '}' && --open === 0) return i;
  }
  const newline = template.indexOf('\n', start);
  const last = template.lastIndexOf('}', newline === -1 ? template.length : newline);
  if (last > start) return last;
  throw new TemplateError(`"${template}" opens a \${ that is never closed`);
}

function braced(body: string, lookup: Lookup, unset: (name: string) => void, template: string): string {
  const name = nameAt(body, 0);
  if (name === undefined) throw new TemplateError(`"\${${body}}" names no variable`);
  if (name.length === body.length) return plain(name, lookup, unset);
  OPERATOR.lastIndex = name.length;
  const operator = OPERATOR.exec(body)?.[0];
  if (operator === undefined)
    throw new TemplateError(`"\${${body}}" in "${template}" is not a form that compose knows`);
  const found = lookup(name);
  const value = operator.startsWith(':') && found === '' ? undefined : found;
  const kind = operator.at(-1);
  const used = kind === '+' ? value !== undefined : value === undefined;
  // Evaluated even where unused, as compose does: a required variable in it is required all the same.
  const argument = substitute(body.slice(name.length + operator.length), lookup, used ? unset : () => {});
  if (kind === '?' && value === undefined) {
    const reason = argument === '' ? '' : `: ${argument}`;
    throw new TemplateError(
      `The required variable ${name} is ${found === undefined ? 'not set' : 'empty'}${reason}`,
      name,
    );
  }
  return used ? argument : (found ?? '');
}
