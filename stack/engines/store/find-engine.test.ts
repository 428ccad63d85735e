import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineName } from '../../definition/types.ts';
import { type FindOptions, findEngine, isFound } from './find-engine.ts';
import { listEngines } from './list-engines.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'telltale-store-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** A program that prints what it is told, whatever it is asked. */
async function fake(path: string, output: string): Promise<string> {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
  await chmod(file, 0o755);
  return file;
}
const loki = (path: string, version: string): Promise<string> => fake(path, `loki, version ${version} (branch: )`);

function find(engine: EngineName, asked?: string, env: NodeJS.ProcessEnv = {}, options: FindOptions = {}) {
  const all = { PATH: join(root, 'bin'), TELLTALE_ENGINE_CACHE: join(root, 'cache'), ...env };
  return findEngine(engine, asked, { ...options, env: all });
}

describe('findEngine', () => {
  it('takes an explicit path first, even where the cache has the exact version', async () => {
    const own = await loki('own/loki', '3.7.2');
    await loki('cache/loki/3.7.8/loki', '3.7.8');
    const found = await find('loki', '3.7.8', { TELLTALE_ENGINE_LOKI: own });
    expect(found).toMatchObject({ path: own, version: '3.7.2', asked: '3.7.8', source: 'explicit' });
  });

  it('never crosses a minor, not even for an explicit path', async () => {
    const own = await loki('own/loki', '3.6.0');
    const cached = await loki('cache/loki/3.7.8/loki', '3.7.8');
    expect(await find('loki', '3.7.8', {}, { path: own })).toMatchObject({ path: cached, source: 'cache' });
    const missing = await find('loki', '3.5.0', {}, { path: own });
    expect(missing).toMatchObject({ engine: 'loki', asked: '3.5.0', remedy: 'telltale engines install loki@3.5.0' });
    expect(missing).toHaveProperty('tried', [
      'PATH has no usable loki.',
      `${own} is 3.6.0, another minor than 3.5.0: not taken.`,
      `${cached} is 3.7.8, another minor than 3.5.0: not taken.`,
    ]);
  });

  it('takes several explicit paths, by version', async () => {
    const [old, young] = [await loki('a/loki', '3.6.0'), await loki('b/loki', '3.7.8')];
    const env = { TELLTALE_ENGINE_LOKI: `${old}:${young}` };
    expect(await find('loki', '3.6.0', env)).toMatchObject({ path: old });
    expect(await find('loki', '3.7.8', env)).toMatchObject({ path: young });
  });

  it('prefers the exact version in the cache to another patch on PATH', async () => {
    await loki('bin/loki', '3.7.7');
    const cached = await loki('cache/loki/3.7.8/loki', '3.7.8');
    expect(await find('loki', 'v3.7.8')).toMatchObject({ path: cached, source: 'cache' });
  });

  it('prefers PATH where both are equal', async () => {
    const onPath = await loki('bin/loki', '3.7.8');
    await loki('cache/loki/3.7.8/loki', '3.7.8');
    const found = await find('loki', '3.7.8');
    expect(found).toMatchObject({ path: onPath, source: 'PATH' });
    expect(found).not.toHaveProperty('asked');
  });

  it('takes the nearest patch of the same minor and says which was asked', async () => {
    await loki('cache/loki/3.7.1/loki', '3.7.1');
    await loki('cache/loki/3.7.6/loki', '3.7.6');
    await loki('cache/loki/3.8.0/loki', '3.8.0');
    expect(await find('loki', '3.7.9')).toMatchObject({ version: '3.7.6', asked: '3.7.9' });
    expect(await find('loki', '3.7.2')).toMatchObject({ version: '3.7.1', asked: '3.7.2' });
  });

  it('without a version takes the newest of the default minor, else the newest found', async () => {
    await loki('cache/loki/3.6.0/loki', '3.6.0');
    await loki('cache/loki/3.5.2/loki', '3.5.2');
    expect(await find('loki')).toMatchObject({ version: '3.6.0' });
    await loki('cache/loki/3.7.1/loki', '3.7.1');
    await loki('cache/loki/3.9.0/loki', '3.9.0');
    expect(await find('loki', 'latest')).toMatchObject({ version: '3.7.1' });
  });

  it('takes a tag that names only a minor as any patch of it', async () => {
    await loki('cache/loki/3.6.0/loki', '3.6.0');
    await loki('cache/loki/3.6.3/loki', '3.6.3');
    const found = await find('loki', '3.6');
    expect(found).toMatchObject({ version: '3.6.3' });
    expect(found).not.toHaveProperty('asked');
  });

  it('finds a program under the name of its package', async () => {
    const path = await fake('bin/prometheus-pushgateway', 'pushgateway, version 1.11.4 (branch: )');
    expect(await find('pushgateway', '1.11.4')).toMatchObject({ path, source: 'PATH' });
  });

  it('takes the version of a cached build that names none from its directory', async () => {
    const path = await fake('cache/tempo/3.0.3/tempo', 'tempo, version  (branch: , revision: )');
    expect(await find('tempo', '3.0.3')).toMatchObject({ path, version: '3.0.3' });
  });

  it('finds companions beside the binary', async () => {
    await fake('cache/prometheus/3.16.0/prometheus', 'prometheus, version 3.16.0');
    const promtool = await fake('cache/prometheus/3.16.0/promtool', 'promtool, version 3.16.0');
    expect(await find('prometheus', '3.16.0')).toMatchObject({ companions: { promtool } });
  });

  it('says what is wrong with a file that is not the engine', async () => {
    const path = join(root, 'nothing');
    const found = await find('loki', '3.7.8', { TELLTALE_ENGINE_LOKI: path });
    expect(isFound(found)).toBe(false);
    expect(found).toHaveProperty('tried.0', `${path} (TELLTALE_ENGINE_LOKI) cannot be used: there is no such file.`);
  });

  it('matches no binary to a tag without a version', async () => {
    await loki('cache/loki/3.7.8/loki', '3.7.8');
    const found = await find('loki', 'main-1f2e3d');
    expect(found).toHaveProperty('tried', ['The tag main-1f2e3d names no version, so no binary can be matched to it.']);
  });

  it('does not take half a build for an engine', async () => {
    await loki('cache/loki/.building-3.7.8-x/out/loki', '3.7.8');
    expect(isFound(await find('loki', '3.7.8'))).toBe(false);
  });
});

describe('findEngine for a Collector', () => {
  const answer = `otelcol version 0.161.0
buildinfo:
    version: 0.161.0
receivers:
    - name: otlp
      module: go.opentelemetry.io/collector/receiver/otlpreceiver v0.161.0
exporters:
    - name: otlp_grpc
      module: go.opentelemetry.io/collector/exporter/otlpexporter v0.161.0`;

  it('takes one that has the components, under either name', async () => {
    const script = answer.split('\n').slice(1).join('\n');
    const path = await fake('cache/otelcol/0.161.0/otelcol', script.replace('version: 0.161.0', 'version:  0.161.0'));
    const components = ['receiver/otlp', 'exporter/otlp'];
    expect(await find('otelcol', '0.161.0', {}, { components })).toMatchObject({ path });
  });

  it('passes over one that lacks a component and says which', async () => {
    const script = answer.split('\n').slice(1).join('\n');
    const path = await fake('cache/otelcol/0.161.0/otelcol', script);
    const found = await find('otelcol', '0.161.0', {}, { components: ['receiver/otlp', 'receiver/zipkin', 'x/own'] });
    expect(isFound(found)).toBe(false);
    expect(found).toHaveProperty('tried.2', `${path} is 0.161.0 but was built without receiver/zipkin, x/own.`);
  });
});

describe('findEngine for a Collector that was built wrongly', () => {
  async function failing(words: string): Promise<string> {
    const path = await fake('cache/otelcol/0.161.0/otelcol', 'otelcol version 0.161.0');
    await writeFile(
      path,
      `#!/bin/sh\n[ "$1" = --version ] && echo otelcol version 0.161.0 || { echo '${words}' >&2; exit 1; }\n`,
    );
    return path;
  }

  it('passes it over, though it says a version', async () => {
    const path = await failing('Error: duplicate component factory');
    const found = await find('otelcol', '0.161.0', {}, { components: ['receiver/otlp'] });
    expect(found).toHaveProperty(
      'tried.2',
      `${path} is 0.161.0 but \`components\` fails: Error: duplicate component factory.`,
    );
  });

  it('takes one that is too old to be asked', async () => {
    const path = await failing('Error: unknown command "components"');
    expect(await find('otelcol', '0.161.0', {}, { components: ['receiver/otlp'] })).toMatchObject({ path });
  });
});

describe('listEngines', () => {
  it('has a line for every known version, and for what is found besides', async () => {
    const path = await loki('cache/loki/3.7.5/loki', '3.7.5');
    const listings = await listEngines({ PATH: '', TELLTALE_ENGINE_CACHE: join(root, 'cache') });
    const lines = listings.filter(({ engine }) => engine === 'loki');
    expect(lines.map(({ version }) => version)).toEqual(['3.5.0', '3.6.0', '3.7.5', '3.7.7', '3.7.8']);
    expect(lines.find(({ version }) => version === '3.7.5')).toMatchObject({ found: { path, source: 'cache' } });
    expect(lines.find(({ version }) => version === '3.7.8')).toMatchObject({
      default: true,
      remedy: 'telltale engines install loki@3.7.8',
    });
  });
});
