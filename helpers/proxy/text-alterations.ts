import { type Candidate, changed, distinct, isNumeric, replacing, shiftedNumber } from './candidate.ts';
import type { JsonNode } from './json-text.ts';

/** `  key: value` or `- key: value`, one value on the line. */
const CONFIG_LINE = /^(\s*(?:- )?)([\w.-]+)(:\s+)(\S.*?)\s*$/;

/** Changes the value of one line of a configuration in YAML. */
export function changeConfigValue(text: string): readonly Candidate[] {
  return lines(text).flatMap(({ line, number, start }): Candidate[] => {
    const [, indent, key, colon, value] = CONFIG_LINE.exec(line) ?? [];
    if (indent === undefined || key === undefined || colon === undefined || value === undefined) return [];
    const after = otherValue(value);
    if (after === undefined) return [];
    const from = start + indent.length + key.length + colon.length;
    const splices = [{ start: from, end: from + value.length, text: after }];
    return [{ path: `line ${number} (${key})`, before: value, after, names: distinct([key, value, after]), splices }];
  });
}

/** Shifts the value of one sample of an exposition. */
export function shiftSample(text: string): readonly Candidate[] {
  return lines(text).flatMap(({ line, number, start }): Candidate[] => {
    const [, series, value] = /^([^#\s][^{\s]*(?:\{.*\})?)\s+(\S+)/.exec(line) ?? [];
    if (series === undefined || value === undefined || !isNumeric(value)) return [];
    const from = start + line.indexOf(value, series.length);
    const after = shiftedNumber(value);
    const names = distinct([series.replace(/\{.*/, ''), after]);
    return [
      {
        path: `line ${number} (${series})`,
        before: value,
        after,
        names,
        splices: [{ start: from, end: from + value.length, text: after }],
      },
    ];
  });
}

/** Removes one sample of an exposition. */
export function dropSample(text: string): readonly Candidate[] {
  return lines(text).flatMap(({ line, number, start }): Candidate[] => {
    const series = /^[^#\s]\S*/.exec(line)?.[0];
    if (series === undefined) return [];
    const names = [series.replace(/\{.*/, '')];
    const splices = [{ start, end: start + line.length + 1, text: '' }];
    return [{ path: `line ${number} (${series})`, before: line, after: '', names, splices }];
  });
}

/** Changes one scalar anywhere in a JSON answer; inside strings that hold a configuration, one of its lines. */
export function changeField(root: JsonNode, text: string): readonly Candidate[] {
  return leaves(root, '$').flatMap(({ node, path, key }) => {
    if (node.kind === 'string' && node.value.includes('\n') && CONFIG_LINE.test(node.value.split('\n')[1] ?? '')) {
      return insideString(node.value, node, path);
    }
    return replacing(node, changed(node, text), text, path, [key]);
  });
}

/** The envelope is not the datum: changing it would make the answer an error, which anything notices. */
const ENVELOPE = new Set(['$.status', '$.data.resultType']);

function leaves(node: JsonNode, path: string, key = ''): readonly { node: JsonNode; path: string; key: string }[] {
  switch (node.kind) {
    case 'object':
      return node.members.flatMap((member) => leaves(member.value, `${path}.${member.key}`, member.key));
    case 'array':
      return node.items.flatMap((item, index) => leaves(item, `${path}[${index}]`, key));
    default:
      return ENVELOPE.has(path) ? [] : [{ node, path, key }];
  }
}

function insideString(value: string, node: JsonNode, path: string): readonly Candidate[] {
  return changeConfigValue(value).map((candidate) => {
    const [inner] = candidate.splices;
    const whole = inner === undefined ? value : value.slice(0, inner.start) + inner.text + value.slice(inner.end);
    const splices = [{ start: node.start, end: node.end, text: JSON.stringify(whole) }];
    return { ...candidate, path: `${path} ${candidate.path}`, splices };
  });
}

function otherValue(value: string): string | undefined {
  if (/^[[{|>&*]/.test(value)) return undefined;
  if (value === 'true') return 'false';
  if (value === 'false') return 'true';
  const quoted = /^(["'])(.*)\1$/.exec(value);
  if (quoted !== null) return `${quoted[1]}${quoted[2]}-altered${quoted[1]}`;
  const leading = /^(\d+)([a-zA-Z]\w*)?$/.exec(value);
  if (leading !== null) return `${Number(leading[1]) + 1}${leading[2] ?? ''}`;
  return isNumeric(value) ? shiftedNumber(value) : `${value}-altered`;
}

function* walk(text: string): Generator<{ line: string; number: number; start: number }> {
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    yield { line, number: index + 1, start };
    start += line.length + 1;
  }
}

function lines(text: string): readonly { line: string; number: number; start: number }[] {
  return [...walk(text)];
}
