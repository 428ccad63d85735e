import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackDefinition } from '../../definition/types.ts';
import { connectEngine, type Docker } from './container-engine.ts';
import { composeDriver } from './driver.ts';
import { reapAbandoned } from './reap.ts';
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

const FIXED = 'telltale-planted-fixed';
const EXTERNAL = 'telltale-planted-external';

/** Writes over everything that it was given, and then waits. */
const writer = `
name: prod
x-writer: &writer
  image: ${SHELL_IMAGE}
  container_name: prod-writer
  user: "0"
  entrypoint: [sh, -c, 'for f in /fixed/data /external/data /dir/data /dir/new /file /sub/new; do echo spoilt > $$f; done; echo wrote; exec sleep 1000']
  ports: ["127.0.0.1:28999:9090"]
  networks: [theirs]
  volumes:
    - fixed:/fixed
    - external:/external
    - ./dir:/dir
    - ./file:/file
    - ./created-by-docker:/sub
    - ./conf:/conf:ro
    - /anonymous
volumes:
  fixed: {name: ${FIXED}}
  external: {name: ${EXTERNAL}, external: true}
networks:
  theirs: {name: telltale-planted-network, external: true}
services:
  writer: *writer
`;
const readers = `
  unhealthy:
    image: ${SHELL_IMAGE}
    entrypoint: [sh, -c, 'exec sleep 1000']
    healthcheck: {test: ["CMD", "false"], interval: 100s, retries: 100}
  waiting:
    image: ${SHELL_IMAGE}
    entrypoint: [sh, -c, 'exec sleep 1000']
    depends_on: {unhealthy: {condition: service_healthy}}
`;
const files = { 'dir/data': 'precious', file: 'precious', 'conf/x': 'precious' };

describe.skipIf(!found)(title('what is the user’s survives'), () => {
  let docker: Docker;
  let definition: StackDefinition;
  let neverUp: StackDefinition;
  let refused: StackDefinition;
  let mountpoints: readonly string[];
  let volumesBefore: number;

  beforeAll(async () => {
    await makeShellImage();
    ({ docker } = await connectEngine());
    for (const Name of [FIXED, EXTERNAL]) await docker.createVolume({ Name });
    const inspected = await Promise.all([FIXED, EXTERNAL].map((name) => docker.getVolume(name).inspect()));
    mountpoints = inspected.map(({ Mountpoint }) => Mountpoint);
    for (const directory of mountpoints) writeFileSync(join(directory, 'data'), 'precious');
    await docker.createNetwork({ Name: 'telltale-planted-network' });
    definition = stackOf({ ...files, 'compose.yaml': writer });
    neverUp = stackOf({ ...files, 'compose.yaml': writer + readers });
    refused = stackOf({
      ...files,
      'compose.yaml': `${writer}  bad: {image: ${SHELL_IMAGE}, entrypoint: [/nothing]}\n`,
    });
    volumesBefore = await volumeCount(docker);
  });

  afterAll(async () => {
    removeStacks();
    for (const name of [FIXED, EXTERNAL]) await docker?.getVolume(name).remove();
    await docker?.getNetwork('telltale-planted-network').remove();
  });

  /** Nothing of the user's is changed, and nothing of ours is left. */
  const expectUntouched = async ({ directory }: StackDefinition): Promise<void> => {
    for (const place of mountpoints) {
      expect(readFileSync(join(place, 'data'), 'utf8')).toBe('precious');
      expect(readdirSync(place)).toEqual(['data']);
    }
    expect(readdirSync(directory).sort()).toEqual(['compose.yaml', 'conf', 'dir', 'file']);
    expect(readdirSync(join(directory, 'dir'))).toEqual(['data']);
    for (const name of Object.keys(files)) expect(readFileSync(join(directory, name), 'utf8')).toBe('precious');
    const names = (await docker.listNetworks()).map(({ Name }) => Name);
    expect(names).toContain('telltale-planted-network');
    expect(await leftBehind(docker)).toEqual([]);
    expect(await volumeCount(docker)).toBe(volumesBefore);
  };

  it('a run that goes well, with everything that it writes in scratch copies', async () => {
    const { options, told } = startOptions();
    const stack = await composeDriver.start(definition, options);
    await until('the writer has written', async () =>
      (await stack.logs('writer')).some(({ text }) => text === 'wrote'),
    );
    // It found the files of the bind mounts, and empty volumes; it was allowed to write everywhere.
    expect((await stack.logs('writer')).map(({ text }) => text)).toEqual(['wrote']);
    expect(told.notes.join('\n')).toContain('Volume external is external');
    expect(told.notes.join('\n')).toContain('created-by-docker does not exist');
    await stack.dispose();
    await expectUntouched(definition);
  });

  it('a start that the engine refuses in part', async () => {
    const { options } = startOptions();
    const stack = await composeDriver.start(refused, options);
    expect(await stack.state('bad')).toMatchObject({ status: 'exited', exitCode: 125 });
    expect(await stack.state('writer')).toMatchObject({ status: 'running' });
    await stack.dispose();
    await expectUntouched(refused);
  });

  it('an abort in the middle of the start', async () => {
    const stop = new AbortController();
    const { options } = startOptions({ signal: stop.signal });
    const starting = composeDriver.start(neverUp, options);
    await until('the first containers run', async () => (await running(docker, options.runId)) >= 2);
    stop.abort();
    const aborted = Date.now();
    const stack = await starting;
    await stack.dispose();
    expect(Date.now() - aborted).toBeLessThan(20_000);
    await expectUntouched(neverUp);
  });

  it('Ctrl-C of a whole process in the middle of the start', async () => {
    const { process: child, runId, ended } = inProcess(neverUp);
    await until('the first containers run', async () => (await running(docker, runId)) >= 2);
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    await expectUntouched(neverUp);
  });

  it.each([
    ['while it runs', 'up'],
    ['in the middle of the start', 'starting'],
    ['before the first container runs', 'creating'],
  ] as const)('kill -9 %s, after the next start', async (_, moment) => {
    const victim = moment === 'up' ? definition : neverUp;
    const { process: child, runId, said, ended } = inProcess(victim);
    if (moment === 'up') await until('it says that it is up', () => said().includes('up'));
    else if (moment === 'starting') {
      await until('the first containers run', async () => (await running(docker, runId)) >= 2);
    } else await until('its network is there', async () => (await networks(docker, runId)) > 0);
    child.kill('SIGKILL');
    await ended;
    const notes = await reapAbandoned(docker);
    expect(notes.join('\n')).toContain(`Removed what process ${child.pid} left`);
    await expectUntouched(victim);
  });

  it('another run that is alive is not reaped', async () => {
    const { options } = startOptions();
    const stack = await composeDriver.start(definition, options);
    expect(await reapAbandoned(docker)).toEqual([]);
    expect(await stack.state('writer')).toMatchObject({ status: 'running' });
    await stack.dispose();
    await expectUntouched(definition);
  });
});

async function running(docker: Docker, runId: string): Promise<number> {
  const filters = { label: [`com.docker.compose.project=telltale-${runId}`] };
  return (await docker.listContainers({ filters })).length;
}

async function networks(docker: Docker, runId: string): Promise<number> {
  const filters = { label: [`com.docker.compose.project=telltale-${runId}`] };
  return (await docker.listNetworks({ filters })).length;
}

function inProcess({ directory }: StackDefinition): {
  readonly process: ChildProcess;
  readonly runId: string;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
} {
  const { options } = startOptions();
  const program = join(import.meta.dirname, 'testing/run-and-wait.ts');
  if (!existsSync(program)) throw new Error(`${program} is not there`);
  const child = spawn(process.execPath, [program, directory, options.runId], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => resolve(code));
  });
  return { process: child, runId: options.runId, said: () => said, ended };
}
