import { describe, expect, it } from 'vitest';
import { batches, countOf, metricsByTime, payloadOf, withoutKinds } from './payload.ts';
import { makeStory } from './story/story.ts';

const story = makeStory({ runId: 'r-1', t0Ms: 60_000 });

describe('payloads', () => {
  it('are cut by size, in order, and nothing is lost', () => {
    const sizes = [...batches(payloadOf(story, 'traces'), 300)].map(countOf);
    expect(sizes).toEqual([300, 300, 133]);
    const again = [...batches(payloadOf(story, 'logs'), 200)].flatMap((one) => (one.signal === 'logs' ? one.logs : []));
    expect(again).toEqual(story.logs);
  });

  it('keep metrics together, or give one payload for each time', () => {
    const metrics = payloadOf(story, 'metrics');
    expect([...batches(metrics, 1)]).toEqual([metrics]);
    const slices = metrics.signal === 'metrics' ? metricsByTime(metrics) : [];
    expect(slices).toHaveLength(13);
    expect(slices.reduce((sum, slice) => sum + countOf(slice), 0)).toBe(countOf(metrics));
  });

  it('leave out kinds of metrics that a receiver does not know', () => {
    const left = withoutKinds(payloadOf(story, 'metrics'), ['exponential-histogram']);
    const names = left.signal === 'metrics' ? left.metrics.map(({ name }) => name) : [];
    expect(names).toHaveLength(story.metrics.length - 2);
    expect(names).not.toContain('shop_payload_size_bytes');
  });
});
