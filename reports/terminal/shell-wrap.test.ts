import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wrapShell } from './shell-wrap.ts';
import { widthOf } from './width.ts';

/** The arguments that a shell reads from each of the commands. */
function argumentsOf(commands: readonly string[]): string[][] {
  const script = commands.map((command) => `set -- ${command}\nprintf '%s\\0' "$@"; printf '\\1\\0'`).join('\n');
  const said = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: {} });
  return said
    .split('\x01\0')
    .slice(0, -1)
    .map((part) => part.split('\0').slice(0, -1));
}

const CURL = `curl -sG 'http://127.0.0.1:9090/api/v1/query' -H "X-Scope-OrgID: tenant \\"a\\"" --data-urlencode 'query=sum by (service_name) (rate(shop_orders_total{run="r7f3",deployment_environment="prod"}[1m]))' -d @body\\ with\\ blanks.json`;

it.each([40, 60, 80, 120, 1000])('a curl line at %i columns can still be copied and run', (width) => {
  const lines = wrapShell(CURL, width, '      ');
  expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
  const [before, after] = argumentsOf([CURL, lines.join('\n')]);
  expect(after).toEqual(before);
});

it('leaves a line that fits as it is', () => {
  expect(wrapShell('curl -s http://127.0.0.1/ready', 80, '  ')).toEqual(['  curl -s http://127.0.0.1/ready']);
});

it('keeps the arguments of any quoted command at any width', () => {
  const quoted = fc
    .string({
      unit: fc.constantFrom('a', 'b', ' ', '"', "'", '\\', '$', '{', '}', '[', '日', '=', '`'),
      minLength: 1,
      maxLength: 60,
    })
    .chain((word) =>
      fc.constantFrom(
        `'${word.replaceAll("'", `'\\''`)}'`,
        `"${word.replace(/[\\"$`]/g, '\\$&')}"`,
        word.replace(/[^ab日=]/g, '\\$&'),
      ),
    );
  const cases = fc.sample(
    fc.tuple(fc.array(quoted, { minLength: 1, maxLength: 6 }), fc.integer({ min: 40, max: 100 })),
    { numRuns: 200, seed: 7 },
  );
  const wrapped = cases.map(([words, width]) => wrapShell(words.join(' '), width, '      '));
  expect(argumentsOf(wrapped.map((lines) => lines.join('\n')))).toEqual(
    argumentsOf(cases.map(([words]) => words.join(' '))),
  );
  for (const [i, lines] of wrapped.entries()) {
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(cases[i]?.[1] ?? 0);
  }
});
