import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeDriver } from '../../stack/drivers/native/driver.ts';
import { listenToLifeline } from '../../stack/drivers/native/lifeline.ts';
import { insideNamespaces, probeNamespaces, reenterInNamespaces } from '../../stack/drivers/native/namespaces.ts';
import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { proveStack } from '../../suites/prove/prove.ts';
import { explain } from '../errors.ts';
import { readNamedStack } from '../stack-options.ts';

/**
 * `npm run prove`: every requirement is made to fail, by one altered datum in an answer of a real engine or by one
 * changed line of a configuration, and the outcome is written to `suites/proof.json`.
 */
const root = join(import.meta.dirname, '..', '..');

/** `npm run prove -- ID` looks at one requirement and writes nothing. */
const [only] = process.argv.slice(2);

try {
  if (insideNamespaces()) {
    listenToLifeline(() => process.exit(130));
    const directory = join(root, 'stack', 'otelcol');
    const proof = await proveStack({
      root,
      runId: `proof${randomBytes(3).toString('hex')}`,
      definition: readNamedStack(directory, (await hasTempo()) ? { profile: ['traces'] } : {}),
      driver: nativeDriver,
      say: (message) => console.log(message),
      ...(only === undefined ? {} : { only }),
    });
    if (only !== undefined) process.exit(0);
    writeFileSync(join(root, 'suites', 'proof.json'), `${JSON.stringify(proof, null, 2)}\n`);
    const { tried, proved } = proof.rows;
    console.log(
      `${proved} of ${tried} rows proved able to fail; ${proof.proofs.length} requirements; unproved: ${proof.unproved.length}`,
    );
    process.exit(0);
  }
  const probe = await probeNamespaces();
  if (!probe.ok) throw new Error(`${probe.reason} ${probe.remedy}`);
  process.exitCode = await reenterInNamespaces(probe.mode, process.env);
} catch (error) {
  const { text, code } = explain(error);
  console.error(text);
  process.exitCode = code;
}

/** With Tempo at hand the rows about traces are proved too. */
async function hasTempo(): Promise<boolean> {
  return isFound(await findEngine('tempo', '3.0.3'));
}
