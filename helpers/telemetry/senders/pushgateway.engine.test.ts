import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findTestEngine, skipNote } from '../../testing/find-test-engine.ts';
import { freePorts } from '../../testing/free-port.ts';
import { startLocalEngine } from '../../testing/local-engine.ts';
import { payloadOf } from '../payload.ts';
import { makeProbe } from '../probe/probe.ts';
import { storyStart } from '../story/clock.ts';
import { expectedSeries } from '../story/expected.ts';
import { makeStory } from '../story/story.ts';
import { exposition } from './exposition.ts';
import { closeSenders, senderNamed } from './table.ts';
import { urlFor } from './types.ts';

const promtool = findTestEngine('prometheus', 'promtool');
const gateway = findTestEngine('pushgateway');
const t0Ms = storyStart(Date.now());

describe.skipIf(promtool === undefined)(`the text format${skipNote(promtool, 'promtool')}`, () => {
  it('is read by promtool without complaint', () => {
    const text = exposition(expectedSeries(makeStory({ runId: 'text', t0Ms })));
    const said = execFileSync(promtool?.path ?? '', ['check', 'metrics'], {
      input: text,
      encoding: 'utf8',
    });
    expect(said.trim()).toBe('');
  });
});

describe.skipIf(gateway === undefined)(`a push gateway${skipNote(gateway, 'pushgateway')}`, () => {
  it('exposes the probe’s values under its job and instance', async () => {
    const [port = 0] = await freePorts(1);
    const engine = await startLocalEngine({
      name: 'pushgateway',
      binary: gateway?.path ?? '',
      args: [`--web.listen-address=127.0.0.1:${port}`],
      readyUrl: `http://127.0.0.1:${port}/-/ready`,
    });
    try {
      const sender = senderNamed('pushgateway');
      const probe = makeProbe({ runId: 'pushed', t0Ms, column: 'pushgateway' });
      const url = urlFor(engine.url, sender, 'metrics');
      expect(await sender.send({ url }, payloadOf(probe, 'metrics'))).toMatchObject({ accepted: true, status: 200 });
      const text = await (await fetch(url)).text();
      const line = text.split('\n').find((one) => one.startsWith('telltale_probe_orders_total{'));
      expect(line).toContain('job="shop/telltale-probe"');
      expect(line).toContain('instance="pushgateway-pushed"');
      expect(Number(line?.split(' ').at(-1))).toBe(probe.counter);
      expect(text).toContain('telltale_probe_duration_seconds_bucket{');
    } finally {
      closeSenders();
      await engine.stop();
    }
  });
});
