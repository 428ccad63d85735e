import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** What a user of the published package has: the tarball, installed into an empty project. */
describe('the packed tarball', () => {
  let project: string;
  const telltale = (...words: string[]): string =>
    execFileSync(process.execPath, [join(project, 'node_modules', 'telltale', 'cli', 'bin.mjs'), ...words], {
      cwd: project,
      encoding: 'utf8',
    });

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'telltale-packed-'));
    const npm = (cwd: string, ...words: string[]) =>
      execFileSync('npm', [...words, '--loglevel=error'], {
        cwd,
        encoding: 'utf8',
        env: { ...process.env, npm_config_allow_scripts: '' },
      });
    const tarballs = join(project, 'tarball');
    mkdirSync(tarballs);
    npm(root, 'pack', '--pack-destination', tarballs);
    const [tarball] = readdirSync(tarballs);
    writeFileSync(join(project, 'package.json'), '{ "name": "empty", "private": true }');
    npm(project, 'install', '--prefer-offline', join(tarballs, tarball ?? ''));
    // A stack is no part of the package: the user has one.
    cpSync(join(root, 'stack', 'otelcol'), join(project, 'stack'), { recursive: true });
  });

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it('holds compiled JavaScript and no TypeScript of ours', () => {
    const files = readdirSync(join(project, 'node_modules', 'telltale'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([]);
    expect(files).toContain('dist/cli/main.js');
    expect(files).toContain('dist/stack/engines/catalog.yaml');
    expect(files.filter((file) => /\.test\.|fixtures/.test(file))).toEqual([]);
  });

  it('says its version and its words', () => {
    expect(telltale('--version').trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(telltale('--help')).toMatch(/^\s+run\b/m);
  });

  it('checks a stack from its files', () => {
    expect(telltale('check', 'stack')).toContain('nothing wrong');
  });

  it('runs a stack', () => {
    const printed = telltale(
      'run',
      '--stack',
      'stack',
      '--driver',
      'native',
      '--area',
      'readiness,ingest',
      '--out',
      join(project, 'report'),
    );
    expect(printed).toContain('KEPT');
    expect(readdirSync(join(project, 'report'))).toEqual(
      expect.arrayContaining(['results.json', 'events.ndjson', 'junit.xml', 'index.html']),
    );
  });
});
