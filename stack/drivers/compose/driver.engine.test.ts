import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStack } from '../../definition/read-stack.ts';
import type { Endpoint, RunningStack } from '../types.ts';
import { connectEngine } from './container-engine.ts';
import { composeDriver } from './driver.ts';
import { containerEngineFound, leftBehind, makeImages, removeStacks, startOptions, until } from './testing/stacks.ts';

const found = await containerEngineFound();
const title = (words: string): string => (found ? words : `${words} (skipped: container engine not found)`);
const definition = readStack(join(import.meta.dirname, '../../otelcol'));

describe.skipIf(!found)(title('the shipped stack on a container engine'), () => {
  let stack: RunningStack;
  const { options, told } = startOptions();

  beforeAll(async () => {
    await makeImages(definition);
    stack = await composeDriver.start(definition, options);
  });
  afterAll(async () => {
    await stack?.dispose();
    removeStacks();
  });

  it('is available with all its images', async () => {
    expect(await composeDriver.available(definition)).toEqual({ ok: true });
  });

  it('runs every service, and says of what it was made', async () => {
    for (const { name } of definition.services) expect(await stack.state(name)).toMatchObject({ status: 'running' });
    expect(stack.engines.map(({ service, version }) => `${service} ${version}`).sort()).toEqual([
      'ingress 0.161.0',
      'logstore 3.7.8',
      'metricstore 3.16.0',
      'pager 0.31.1',
    ]);
    expect(told.notes).toEqual([]);
  });

  it('answers on published ports that are not the file’s', async () => {
    await until(
      'Prometheus is ready',
      async () => (await status(stack.endpoint('metricstore', 9090), '/-/ready')) === 200,
    );
    expect(stack.endpoint('metricstore', 9090)?.port).not.toBe(19090);
  });

  it('also answers on a port that nothing declares', () => {
    expect(stack.endpoint('pager', 9094)).toMatchObject({ host: expect.any(String), port: expect.any(Number) });
  });

  it('has the logs of each service with their times', async () => {
    await until('Loki has logged', async () => (await stack.logs('logstore')).length > 0);
    const [first] = await stack.logs('logstore');
    expect(first?.text).toMatch(/level=|Starting|msg=/);
    expect(Math.abs(Date.now() - (first?.at ?? 0))).toBeLessThan(60_000);
  });

  it('keeps ports and data over stop and start, and counts no restart', async () => {
    const before = stack.endpoint('metricstore', 9090);
    await stack.stop('metricstore');
    expect(await stack.state('metricstore')).toMatchObject({ status: 'exited', exitCode: 0, restarts: 0 });
    expect(await status(before, '/-/ready')).toBeUndefined();
    await stack.start('metricstore');
    await until('Prometheus is back', async () => (await status(before, '/-/ready')) === 200);
    expect(await stack.state('metricstore')).toMatchObject({ status: 'running', restarts: 0 });
    expect(stack.endpoint('metricstore', 9090)).toEqual(before);
  });

  it('kills without waking the restart policy', async () => {
    await stack.kill('pager');
    expect(await stack.state('pager')).toMatchObject({
      status: 'exited',
      exitCode: 137,
      signal: 'SIGKILL',
      restarts: 0,
    });
    await stack.start('pager');
    expect(await stack.state('pager')).toMatchObject({ status: 'running' });
  });

  it('pauses and resumes', async () => {
    await stack.pause('pager');
    expect(await stack.state('pager')).toMatchObject({ status: 'paused' });
    await stack.resume('pager');
    expect(await stack.state('pager')).toMatchObject({ status: 'running' });
  });

  it('measures what the data take', async () => {
    const usage = await stack.diskUsage('logstore');
    expect(usage['/loki']).toBeGreaterThan(0);
  });

  it('leaves nothing behind, and can be disposed of twice', async () => {
    await stack.dispose();
    await stack.dispose();
    const { docker } = await connectEngine();
    expect(await leftBehind(docker)).toEqual([]);
  });
});

/** Status of a GET; undefined where nobody answers. */
function status(endpoint: Endpoint | undefined, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const asking = get({ ...endpoint, path, agent: false, timeout: 2000 }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(undefined));
  });
}
