import { describe, expect, it } from 'vitest';
import { emptyFacts } from '../definition/configs/shared/facts-builder.ts';
import { COMPONENTS_KEY, componentsOf } from './components.ts';

function collector(components: string) {
  const facts = emptyFacts('otelcol');
  facts.settings[COMPONENTS_KEY] = { key: COMPONENTS_KEY, value: components, from: 'file' };
  return { engine: 'otelcol', facts } as const;
}

describe('componentsOf', () => {
  it("names what a Collector's binary must have, known here or not", () => {
    expect(componentsOf(collector('receiver/otlp,receiver/hostmetrics,exporter/somethingofourown'))).toEqual([
      'receiver/otlp',
      'receiver/hostmetrics',
      'exporter/somethingofourown',
    ]);
  });

  it('leaves a slip of the pen to the Collector itself, which refuses it', () => {
    expect(componentsOf(collector('receiver/otpl,exporter/debgu'))).toEqual([]);
  });

  it('has nothing to say of other engines', () => {
    expect(componentsOf({ engine: 'loki', facts: emptyFacts('loki') })).toEqual([]);
  });
});
