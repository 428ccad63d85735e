import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findEngine, isFound } from '../stack/engines/store/find-engine.ts';
import { runCli } from './testing/run-cli.ts';
import { tinyStack } from './testing/temporary.ts';

const asNobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
/** Another user may be unable to reach a checkout that lies in somebody's home. */
const [setpriv = '', ...words] = asNobody;
const reachable =
  process.getuid?.() === 0 &&
  [join(import.meta.dirname, 'bin.mjs'), process.execPath].every(
    (path) => spawnSync(setpriv, [...words, 'test', '-r', path]).status === 0,
  );
const home = mkdtempSync(join(tmpdir(), 'telltale-nobody-'));

afterAll(() => rmSync(home, { recursive: true, force: true }));

const title = 'the native driver works for an ordinary user, in a user namespace';

it.skipIf(!reachable)(
  reachable ? title : `skipped: this checkout is out of reach for another user: ${title}`,
  async () => {
    const engine = await findEngine('prometheus', '3.16.0');
    if (!isFound(engine)) throw new Error(`prometheus 3.16.0 was not found: ${engine.remedy}`);
    const cache = join(home, 'engines', 'prometheus', '3.16.0');
    mkdirSync(cache, { recursive: true });
    cpSync(dirname(engine.path), cache, { recursive: true });
    chmodSync(home, 0o777);
    const stack = tinyStack();
    chmodSync(stack, 0o755);
    const result = await runCli(['run', '--driver', 'native', '--stack', stack, '--out', join(home, 'out')], {
      through: asNobody,
      env: { HOME: home, TELLTALE_ENGINE_CACHE: join(home, 'engines'), TMPDIR: home },
    });
    expect(result.stdout + result.stderr).toContain('file ownership cannot show');
    expect(result.stdout).toContain('KEPT');
    expect(result.code).toBe(0);
  },
);
