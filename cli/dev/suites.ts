import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { listenToLifeline } from '../../stack/drivers/native/lifeline.ts';
import { insideNamespaces, probeNamespaces, reenterInNamespaces } from '../../stack/drivers/native/namespaces.ts';
import { MachineError } from '../../stack/drivers/types.ts';
import { explain } from '../errors.ts';

/** `npm run suites [-- DIR]`: the requirements of a stack as vitest tests, one a row, on the native driver. */
const root = join(import.meta.dirname, '..', '..');
const [directory] = process.argv.slice(2);

try {
  if (insideNamespaces()) {
    listenToLifeline(() => process.exit(130));
    const { status } = spawnSync(
      join(root, 'node_modules', '.bin', 'vitest'),
      ['run', '--config', 'vitest.suites.config.ts'],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, ...(directory ? { TELLTALE_SUITE_STACK: directory } : {}) },
      },
    );
    process.exit(status ?? 3);
  }
  const probe = await probeNamespaces();
  if (!probe.ok) throw new MachineError(probe.reason, { remedy: probe.remedy });
  process.exitCode = await reenterInNamespaces(probe.mode, process.env);
} catch (error) {
  const { text, code } = explain(error);
  console.error(text);
  process.exitCode = code;
}
