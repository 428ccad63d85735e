import { listEngines } from '../../stack/engines/store/list-engines.ts';
import { EXIT } from '../exit-codes.ts';

/** Prints every engine with each version that is known or found here. */
export async function listCommand(options: { readonly json: boolean }): Promise<number> {
  const listings = await listEngines();
  if (options.json) {
    process.stdout.write(`${JSON.stringify(listings, null, 2)}\n`);
    return EXIT.ok;
  }
  const width = Math.max(...listings.map(({ engine, version }) => engine.length + version.length + 1));
  for (const { engine, version, found } of listings) {
    const name = `${engine} ${version}`.padEnd(width);
    process.stdout.write(`${name}  ${found ? `${found.source}: ${found.path}` : 'not here'}\n`);
  }
  process.stdout.write('Bring one with: telltale engines install NAME@VERSION\n');
  return EXIT.ok;
}
