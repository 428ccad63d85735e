import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonNode, parseJsonText, removal, splice } from './json-text.ts';

/** The value again, each scalar read from its own place in the text. */
function rebuilt(node: JsonNode, text: string): unknown {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, rebuilt(value, text)]));
    case 'array':
      return node.items.map((item) => rebuilt(item, text));
    default:
      return JSON.parse(text.slice(node.start, node.end));
  }
}

describe('parseJsonText', () => {
  it('places every value of any JSON', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.constantFrom(0, 2), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        expect(rebuilt(parseJsonText(text), text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '{', '[1,]', 'ready', '{"a":1}}'])('refuses what is no JSON: %j', (text) => {
    expect(() => parseJsonText(text)).toThrow(SyntaxError);
  });
});

describe('removal', () => {
  it('takes any element out and leaves valid JSON', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 2 }), { minLength: 1 }),
        fc.nat(),
        fc.constantFrom(0, 2),
        (list, n, indent) => {
          const text = JSON.stringify(list, null, indent);
          const root = parseJsonText(text);
          const index = n % list.length;
          const items = root.kind === 'array' ? root.items : [];
          const expected: unknown = JSON.parse(JSON.stringify(list.toSpliced(index, 1)));
          expect(JSON.parse(splice(text, [removal(items, index)]))).toEqual(expected);
        },
      ),
    );
  });
});
