import { expect, it } from 'vitest';
import { conclude } from './conclusion.ts';
import { resultsWith, rowWith, sampleResults } from './testing/sample-results.ts';

const pass = rowWith({ id: 'P' });
const row = (verdict: Parameters<typeof rowWith>[0]['verdict'] & string, level: 'MUST' | 'SHOULD' = 'MUST') =>
  rowWith({ verdict, level, message: 'm' });

it.each([
  ['all pass', [pass], {}, 0],
  ['a fail', [pass, row('fail')], {}, 1],
  ['a fail outweighs an error', [row('fail'), rowWith({ id: 'E', verdict: 'error', message: 'm' })], {}, 1],
  ['an error', [pass, row('error')], {}, 3],
  ['a warn', [pass, row('warn', 'SHOULD')], {}, 0],
  ['a warn, strictly', [pass, row('warn', 'SHOULD')], { strict: true }, 1],
  ['a MUST blocked', [pass, row('blocked')], {}, 3],
  ['a MUST blocked, allowed', [pass, row('blocked')], { allowBlocked: true }, 0],
  ['a SHOULD blocked', [pass, row('blocked', 'SHOULD')], {}, 0],
  ['nothing run', [row('not-run')], {}, 3],
  ['nothing applies', [row('not-applicable')], {}, 3],
  ['no rows', [], {}, 3],
])('%s', (_, rows, options, exitCode) => {
  expect(conclude(resultsWith(rows), options).exitCode).toBe(exitCode);
});

it.each([
  ['interrupted', 130],
  ['failed', 1],
  ['crashed', 1],
] as const)('a run that was %s and has failures', (cutShort, exitCode) => {
  expect(conclude(sampleResults({ cutShort })).exitCode).toBe(exitCode);
});

it('an unfinished run proves nothing, however well it began', () => {
  expect(conclude(sampleResults({ healthy: true, cutShort: 'crashed' })).exitCode).toBe(3);
});
