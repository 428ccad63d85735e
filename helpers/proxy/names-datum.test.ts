import { describe, expect, it } from 'vitest';
import { recorded } from '../testing/recordings.ts';
import { type AlterationName, alter } from './alterations.ts';
import { namesDatum } from './names-datum.ts';

function record(alteration: AlterationName, body: string, seed = 0) {
  const result = alter(body, alteration, seed);
  if (result === undefined) throw new Error(`nothing to alter by ${alteration}`);
  return result.record;
}
const vector = recorded('prometheus', 'vector').body;
const streams = recorded('loki', 'streams').body;

describe('namesDatum', () => {
  it.each([
    ['shop_orders_total{kind="new"} should be 7 but is 8', true],
    ['expected 7', true],
    ['shop_orders_total has another value than expected', false],
    ['17 of 78 rows differ by 0.7 or 8.5', false],
    ['it came back as 8.', true],
    ['', false],
  ])('a value from 7 to 8: %j', (message, named) => {
    expect(namesDatum(record('shift-value', vector), message)).toBe(named);
  });

  it('a row that is gone, a line that is gone', () => {
    expect(namesDatum(record('drop-row', vector), 'missing: shop_orders_total{job="api"}')).toBe(true);
    expect(namesDatum(record('drop-row', vector), '1 row is missing')).toBe(false);
    expect(namesDatum(record('drop-line', streams, 1), 'the line "order 1 placed" did not come back')).toBe(true);
    expect(namesDatum(record('drop-line', streams, 1), '1 of 2 lines did not come back')).toBe(false);
  });

  it('a time, said in any unit, by its line', () => {
    expect(namesDatum(record('shift-time', streams, 1), '"order 1 placed" is 1 s late')).toBe(true);
    expect(namesDatum(record('shift-time', streams, 1), 'a line is 1 s late')).toBe(false);
  });
});
