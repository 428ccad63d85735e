import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const script = fileURLToPath(new URL('./testing/full-disk.ts', import.meta.url));

function canMount(): boolean {
  return spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', tmpdir()]).status === 0;
}

const mountable = canMount();
const skipped = mountable ? '' : ' (skipped: user namespaces not found)';

/** Runs the reporter with `out` on a file system of so many bytes, and gives back what is there in the end. */
function reportOnto(size: string): string {
  return mountAndReport(size).replace(/\s+/g, ' ');
}

function mountAndReport(size: string): string {
  const out = mkdtempSync(join(tmpdir(), 'telltale-full-'));
  try {
    const mounted = `mount -t tmpfs -o size=${size} tmpfs "$1" && { "$2" "$3" "$1"; echo "exit $?"; ls "$1"; wc -c < "$1/results.json"; }`;
    return execFileSync('unshare', ['-rm', 'sh', '-c', mounted, 'sh', out, process.execPath, script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    });
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

it.skipIf(!mountable)(`a disk that is full from the start loses no summary${skipped}`, () => {
  const said = reportOnto('16k');
  expect(said).toContain('82 rows: 82 pass, 0 FAIL');
  expect(said).toMatch(/events\.ndjson ends early: the disk is full; free some space or name another directory/);
  expect(said).toMatch(/results\.json, [^!]*junit\.xml, [^!]*were not written: the disk is full/);
  expect(said).toContain(
    'UNPROVED every MUST that applies and was asked is kept, but not every report could be written',
  );
  expect(said).toContain('exit 3 events.ndjson ');
  expect(said).not.toContain('.tmp');
});

it.skipIf(!mountable)(`a disk that fills up later keeps the results whole${skipped}`, () => {
  const said = reportOnto('112k');
  expect(said).toMatch(/! [^!]*index\.html[^!]* not written: the disk is full/);
  expect(said).not.toMatch(/! [^!]*results\.json[^!]* not written/);
  expect(said).toContain('results.json');
  expect(said).not.toContain('.tmp');
});
