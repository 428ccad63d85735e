import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningStack } from '../types.ts';
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
  volumeCount,
} from './testing/stacks.ts';

const found = await containerEngineFound();
const title = (words: string): string => (found ? words : `${words} (skipped: container engine not found)`);

/** Every way in which one service can fail, and one that does not. */
const compose = `
name: faulty
x-idle: &idle
  image: ${SHELL_IMAGE}
  entrypoint: [sh, -c, 'echo $$NAME idles; exec sleep 1000']
services:
  idle:
    <<: *idle
    environment: {NAME: idle}
    depends_on:
      unhealthy: {condition: service_healthy}
      crashing: {condition: service_completed_successfully}
      absent: {condition: service_started}
  unhealthy:
    <<: *idle
    environment: {NAME: unhealthy}
    healthcheck: {test: ["CMD", "false"], interval: 200ms, retries: 2}
  crashing:
    image: ${SHELL_IMAGE}
    entrypoint: [sh, -c, 'echo last words; echo worse words >&2; exit 3']
  looping:
    image: ${SHELL_IMAGE}
    entrypoint: [sh, -c, 'echo once more; exit 4']
    restart: always
  programless:
    image: ${SHELL_IMAGE}
    entrypoint: [/no/such/program]
  mismounted:
    <<: *idle
    volumes: ["./a-file:/etc:ro"]
  sourceless:
    <<: *idle
    volumes: [{type: bind, source: ./nowhere, target: /x, bind: {create_host_path: false}}]
  absent:
    image: grafana/loki:9.9.9
  neighbour:
    <<: *idle
    network_mode: service:absent
  inline:
    image: ${SHELL_IMAGE}
    entrypoint: [sh, -c, 'cat /inline.txt; echo; exec sleep 1000']
    configs: [{source: inline, target: /inline.txt}]
configs:
  inline: {content: "from an inline config of $\${COSTS}"}
`;

describe.skipIf(!found)(title('a stack of which most services fail'), () => {
  let stack: RunningStack;
  let volumesBefore: number;
  const { options, told } = startOptions();

  beforeAll(async () => {
    await makeShellImage();
    volumesBefore = await volumeCount((await connectEngine()).docker);
    stack = await composeDriver.start(stackOf({ 'compose.yaml': compose, 'a-file': 'x' }), options);
  });
  afterAll(async () => {
    await stack?.dispose();
    removeStacks();
  });

  const said = async (service: string): Promise<string[]> => (await stack.logs(service)).map(({ text }) => text);

  it('starts what can be started, though its dependencies fail', async () => {
    expect(await stack.state('idle')).toMatchObject({ status: 'running', restarts: 0 });
    await until('idle has said so', async () => (await said('idle')).includes('idle idles'));
  });

  it('keeps exit code and log of a service that ended at once', async () => {
    expect(await stack.state('crashing')).toMatchObject({ status: 'exited', exitCode: 3 });
    const lines = (await stack.logs('crashing')).map(({ stream, text }) => `${stream}: ${text}`);
    expect(lines.slice(-2).sort()).toEqual(['stderr: worse words', 'stdout: last words']);
  });

  it('counts the restarts of one that its policy restarts', async () => {
    await until('it was restarted twice', async () => (await stack.state('looping')).restarts >= 2);
    expect(['restarting', 'running', 'exited']).toContain((await stack.state('looping')).status);
    expect((await said('looping')).filter((text) => text === 'once more').length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['programless', /no such file or directory/],
    ['mismounted', /not a directory/i],
    ['sourceless', /bind source path does not exist/],
  ])('says in the engine’s words why %s was refused', async (service, words) => {
    const state = await stack.state(service);
    expect(state).toMatchObject({ status: 'exited', exitCode: 125 });
    expect(state.reason).toMatch(words);
    expect(state.reason).toContain(service);
  });

  it('leaves out an engine whose image cannot be had, with the command that brings it', async () => {
    expect(await stack.state('absent')).toMatchObject({ status: 'missing' });
    const engine = stack.engines.find(({ service }) => service === 'absent');
    expect(engine?.missing?.remedy).toContain('telltale engines image loki@9.9.9 grafana/loki:9.9.9');
    expect(engine?.missing?.remedy).toContain('docker pull grafana/loki:9.9.9');
    expect(told.notes.join('\n')).toContain('absent is left out');
  });

  it('leaves out what lives in the network of one that is left out', async () => {
    const state = await stack.state('neighbour');
    expect(state.status).toBe('left-out');
    expect(state.reason).toContain('absent');
  });

  it('gives inline configs their content', async () => {
    await until('it was printed', async () => (await said('inline')).length > 0);
    expect((await said('inline')).at(-1)).toBe(`from an inline config of ${'$'}{COSTS}`);
  });

  it('leaves nothing behind', async () => {
    await stack.dispose();
    const { docker } = await connectEngine();
    expect(await leftBehind(docker)).toEqual([]);
    expect(await volumeCount(docker)).toBe(volumesBefore);
  });
});
