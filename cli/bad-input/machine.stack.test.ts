import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type CliResult, rowOf, runCli } from '../testing/run-cli.ts';
import { removeTemporary, temporaryDirectory, tinyStack } from '../testing/temporary.ts';
import { expectTidy } from '../testing/words.ts';

afterEach(removeTemporary);

const asRoot = process.getuid?.() === 0;
const unshare = (...flags: readonly string[]): string[] => ['unshare', ...(asRoot ? [] : ['-r']), ...flags];
const SMALL = ['--driver', 'native', '--area', 'readiness'];

/** A directory with only these programs of the machine, and others that it is given as scripts. */
function pathWith(programs: readonly string[], scripts: Readonly<Record<string, string>> = {}): string {
  const directory = temporaryDirectory();
  const places = (process.env.PATH ?? '').split(':');
  for (const name of programs) {
    const place = places.find((candidate) => safeList(candidate).includes(name));
    if (place !== undefined) symlinkSync(join(place, name), join(directory, name));
  }
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(directory, name), text);
    chmodSync(join(directory, name), 0o755);
  }
  return directory;
}

function safeList(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

/** What the native driver needs of util-linux, iproute2 and coreutils. */
const TOOLS = 'sh unshare nsenter mount umount ip mkdir chmod chown cp ln rm touch cat hostname ldd du'.split(' ');
const NO_ENGINE = 'unix:///nowhere/docker.sock';

describe('no engine binary', () => {
  const run = (...words: string[]): Promise<CliResult> =>
    runCli(['run', ...SMALL, '--stack', tinyStack(), ...words], {
      env: { PATH: pathWith(TOOLS), TELLTALE_ENGINE_CACHE: temporaryDirectory() },
    });

  it('its rows are blocked, with the command that brings it, and the exit code is 3', async () => {
    const result = await run();
    expect(result.code).toBe(3);
    const row = rowOf(result.results, 'READY-01', 'meters');
    expect(row?.verdict).toBe('blocked');
    expect(row?.blockedBy).toMatch(/^prometheus 3\.16\.0$/);
    expect(row?.remedy).toMatch(/telltale engines install prometheus@3\.16\.0/);
    expect(result.stdout).toMatch(/telltale engines install prometheus@3\.16\.0/);
    expect(result.results?.results.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expectTidy(result);
  });

  it('with --allow-blocked a run that proved nothing is 3 nevertheless', async () => {
    const result = await run('--allow-blocked');
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(/nothing was proved/);
    expectTidy(result);
  });

  it('with --allow-blocked what the files alone prove counts', async () => {
    const result = await run('--allow-blocked', '--area', 'readiness,config');
    expect(result.code).toBe(0);
    expect(rowOf(result.results, 'CONFIG-SOUND-01', 'meters')?.verdict).toBe('pass');
    expectTidy(result);
  });
});

describe('no container engine', () => {
  it('--driver compose: exit 3, what was tried and what to do', async () => {
    const result = await runCli(['run', '--driver', 'compose', '--stack', tinyStack()], {
      env: { DOCKER_HOST: NO_ENGINE, DOCKER_CONTEXT: undefined },
    });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/nowhere\/docker\.sock/);
    expect(result.stderr).toMatch(/remedy: /);
    expect(result.results).toBeUndefined();
    expectTidy(result);
  });

  it('--driver auto takes the native driver and says why', async () => {
    const result = await runCli(['run', '--driver', 'auto', '--area', 'readiness', '--stack', tinyStack()], {
      env: { DOCKER_HOST: NO_ENGINE, DOCKER_CONTEXT: undefined },
    });
    expect(result.code).toBe(0);
    expect(result.results?.run.driver).toBe('native');
    expect(result.results?.notes.join()).toMatch(/Driver native: compose cannot be used here: .*nowhere\/docker\.sock/);
    expectTidy(result);
  });
});

describe('no user namespaces', () => {
  const env = (): Record<string, string> => ({
    PATH: `${pathWith([], { unshare: '#!/bin/sh\necho "unshare: unshare failed: Operation not permitted" >&2\nexit 1\n' })}:${process.env.PATH}`,
    DOCKER_HOST: NO_ENGINE,
  });

  it('--driver native: exit 3 with the words of the system and what to do', async () => {
    const result = await runCli(['run', ...SMALL, '--stack', tinyStack()], { env: env() });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/cannot make its namespaces: unshare: unshare failed: Operation not permitted/);
    expect(result.stderr).toMatch(/remedy: .*user namespaces/s);
    expectTidy(result);
  });

  it('--driver auto: exit 3, both drivers with their reasons', async () => {
    const result = await runCli(['run', '--stack', tinyStack()], { env: env() });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/No driver works on this machine.*nowhere\/docker\.sock.*Operation not permitted/s);
    expect(result.stderr).toMatch(/remedy: /);
    expectTidy(result);
  });

  it('without unshare and ip at all: exit 3 and their packages', async () => {
    const result = await runCli(['run', ...SMALL, '--stack', tinyStack()], { env: { PATH: pathWith(['sh']) } });
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/util-linux and iproute2/);
    expectTidy(result);
  });
});

it('no network: everything works', async () => {
  const result = await runCli(['run', '--driver', 'native', '--stack', tinyStack()], { through: unshare('-n') });
  expect(result.code).toBe(0);
  expect(result.results?.summary).toMatchObject({ fail: 0, error: 0, blocked: 0 });
  expectTidy(result);
});

describe('reports that cannot be written', () => {
  /** Runs in a mount namespace of its own, with a file system mounted where the reports go. */
  function onto(options: string, out: string): Promise<CliResult> {
    const script = `mount -t tmpfs -o ${options} tmpfs "$0" && exec "$@"`;
    return runCli(['run', ...SMALL, '--stack', tinyStack(), '--out', out], {
      through: [...unshare('-m'), 'sh', '-c', script, out],
    });
  }

  it('a full disk: one sentence, the summary on the terminal, exit 3', async () => {
    const result = await onto('size=16k', temporaryDirectory());
    expect(result.code).toBe(3);
    expect(result.stdout).toMatch(/results\.json[^!]*not written:\s+the\s+disk\s+is\s+full/);
    expect(result.stdout).toMatch(/READY-01 +The service starts.*✓/);
    expect(result.stdout).toMatch(/UNPROVED/);
    expectTidy(result);
  });

  it('a file system that is read-only: exit 3 before anything is started', async () => {
    const result = await onto('ro', temporaryDirectory());
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/read-only/);
    expect(result.stderr).toMatch(/remedy: .*--out/);
    expect(result.stdout).not.toMatch(/Starting/);
    expectTidy(result);
  });

  it('a file in the way: exit 3 before anything is started', async () => {
    const stack = tinyStack();
    for (const out of [join(stack, 'prometheus.yml'), join(stack, 'prometheus.yml', 'out')]) {
      const result = await runCli(['run', ...SMALL, '--stack', stack, '--out', out, '--timeout', '30']);
      expect(result.code).toBe(3);
      expect(result.stderr).toContain(out);
      expect(result.stderr).toMatch(/remedy: .*--out/);
      expectTidy(result);
    }
  });

  it.skipIf(asRoot)('a directory without the right to write (skipped: root may write anywhere)', async () => {
    const out = temporaryDirectory();
    chmodSync(out, 0o500);
    const result = await runCli(['run', ...SMALL, '--stack', tinyStack(), '--out', out]);
    expect(result.code).toBe(3);
    expect(result.stderr).toMatch(/permission denied/);
    expectTidy(result);
  });
});

it('what an earlier run left in --out is not taken for this one', async () => {
  const out = join(temporaryDirectory(), 'deep', 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'results.json'), '{"schemaVersion":1,"results":"old"}');
  const result = await runCli(['run', ...SMALL, '--stack', tinyStack(), '--out', out]);
  expect(result.code).toBe(0);
  expect(result.results?.run.outcome).toBe('completed');
  expect(readFileSync(join(out, 'results.previous.json'), 'utf8')).toContain('"old"');
  expectTidy(result);
});
