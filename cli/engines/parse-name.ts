import { InputError } from '../../stack/definition/position.ts';
import type { EngineName } from '../../stack/definition/types.ts';
import { loadCatalog } from '../../stack/engines/catalog.ts';

/** `loki` or `loki@3.7.8`. @throws InputError naming the engines that there are. */
export function parseEngineName(words: string): { readonly engine: EngineName; readonly version: string | undefined } {
  const [name, version] = words.split('@');
  const known = loadCatalog().engines.map(({ engine }) => engine);
  const engine = known.find((other) => other === name);
  if (engine === undefined) {
    throw new InputError(`There is no engine "${name}".`, { remedy: `There are: ${known.join(', ')}.` });
  }
  return { engine, version };
}
