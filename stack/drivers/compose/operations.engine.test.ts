import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findEngine, isFound } from '../../engines/store/find-engine.ts';
import type { Endpoint, RunningStack } from '../types.ts';
import { connectEngine } from './container-engine.ts';
import { composeDriver } from './driver.ts';
import {
  containerEngineFound,
  leftBehind,
  makeShellImage,
  removeStacks,
  SHELL_IMAGE,
  stackOf,
  startOptions,
  until,
} from './testing/stacks.ts';

const found = await containerEngineFound();
const title = (words: string): string => (found ? words : `${words} (skipped: container engine not found)`);
const older = await findEngine('prometheus', '3.15.0');

/** Two that watch each other by the name that `container_name` gives, and one that is built. */
const compose = `
name: operations
services:
  left:
    image: ${SHELL_IMAGE}
    container_name: the-left-one
    volumes: ["data:/prometheus", "./left.yml:/etc/prometheus/prometheus.yml:ro"]
  right:
    image: ${SHELL_IMAGE}
    volumes: ["./right.yml:/etc/prometheus/prometheus.yml:ro"]
    networks: [default, shut]
  shut:
    image: ${SHELL_IMAGE}
    networks: [shut]
  built:
    build:
      dockerfile_inline: |
        FROM ${SHELL_IMAGE}
        ENV BUILT=here
    entrypoint: [sh, -c, 'echo built $$BUILT; exec sleep 1000']
  unbuildable:
    build: {dockerfile_inline: "FROM scratch\\nCOPY nothing /\\n"}
    image: grafana/loki:3.7.8-of-our-own
networks:
  shut: {internal: true}
volumes: {data: {}}
`;
const scrape = (target: string): string => `
global: {scrape_interval: 200ms, scrape_timeout: 200ms}
scrape_configs: [{job_name: other, static_configs: [{targets: ["${target}"]}]}]
`;

describe.skipIf(!found)(title('what is done to single services'), () => {
  let stack: RunningStack;
  const { options, told } = startOptions({ extraArguments: { right: ['--web.page-title=appended'] } });

  beforeAll(async () => {
    await makeShellImage();
    const files = { 'left.yml': scrape('right:9090'), 'right.yml': scrape('the-left-one:9090') };
    stack = await composeDriver.start(stackOf({ ...files, 'compose.yaml': compose }), options);
    for (const service of ['left', 'right']) await until(`${service} answers`, async () => (await up(service)) === '1');
  });
  afterAll(async () => {
    await stack?.dispose();
    removeStacks();
  });

  const ask = async (service: string, path: string): Promise<unknown> => {
    const { host, port } = stack.endpoint(service, 9090) as Endpoint;
    const response = await fetch(`http://${host}:${port}${path}`, { signal: AbortSignal.timeout(3000) });
    return response.json();
  };
  /** What a service last saw of the other: `1`, `0`. */
  const up = async (service: string): Promise<string | undefined> => {
    const answer = await ask(service, '/api/v1/query?query=up').catch(() => undefined);
    return (answer as { data: { result: { value: [number, string] }[] } } | undefined)?.data.result[0]?.value[1];
  };
  const version = async (service: string): Promise<string | undefined> => {
    const answer = await ask(service, '/api/v1/status/buildinfo').catch(() => undefined);
    return (answer as { data: { version: string } } | undefined)?.data.version;
  };

  it('cuts two services apart in both directions, also over a restart, and mends', async () => {
    await stack.cut('left', 'right');
    for (const service of ['left', 'right'])
      await until(`${service} misses the other`, async () => (await up(service)) === '0');
    await stack.restart('left');
    await until('left is back, and still cut off', async () => (await up('left')) === '0');
    await stack.mend('right', 'left');
    for (const service of ['left', 'right'])
      await until(`${service} sees the other`, async () => (await up(service)) === '1');
  });

  it('without root cuts by taking one off the network, and puts it back', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    try {
      await stack.cut('left', 'right');
      await until('right misses the other', async () => (await up('right')) === '0');
      await stack.mend('left', 'right');
    } finally {
      vi.restoreAllMocks();
    }
    for (const service of ['left', 'right'])
      await until(`${service} sees the other`, async () => (await up(service)) === '1');
  });

  it('reaches a service that is on an internal network only', async () => {
    await until('shut answers', async () => (await version('shut')) === '3.16.0');
  });

  it('appends arguments to the command of the image', async () => {
    const flags = (await ask('right', '/api/v1/status/flags')) as { data: Record<string, string> };
    expect(flags.data['web.page-title']).toBe('appended');
    expect(flags.data['config.file']).toBe('/etc/prometheus/prometheus.yml');
  });

  it('builds what the file says is to be built', async () => {
    await until('it has said so', async () => (await stack.logs('built')).some(({ text }) => text === 'built here'));
  });

  it('leaves out what cannot be built, in the builder’s words', async () => {
    const state = await stack.state('unbuildable');
    expect(state.status).toBe('missing');
    expect(state.reason).toMatch(/building it failed: .*nothing/);
    expect(told.notes.join('\n')).toContain('unbuildable is left out');
  });

  it.skipIf(!isFound(older))(
    isFound(older) ? 'puts another version on the same data' : 'skipped: engine prometheus 3.15.0 not found',
    async () => {
      if (!isFound(older)) return;
      const before = stack.endpoint('left', 9090);
      const at = Date.now() / 1000;
      await stack.replace('left', { version: '3.15.0', binary: older.path });
      await until('the older one answers', async () => (await version('left')) === '3.15.0');
      expect(stack.endpoint('left', 9090)).toEqual(before);
      expect(stack.engines.find(({ service }) => service === 'left')).toMatchObject({
        version: '3.15.0',
        asked: '3.16.0',
      });
      const answer = (await ask('left', `/api/v1/query?query=count_over_time(up[1h])&time=${at}`)) as {
        data: { result: { value: [number, string] }[] };
      };
      expect(Number(answer.data.result[0]?.value[1])).toBeGreaterThan(0);
    },
  );

  it('leaves nothing behind, not even the images that it made', async () => {
    await stack.dispose();
    expect(await leftBehind((await connectEngine()).docker)).toEqual([]);
  });
});
