import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { EXIT } from '../exit-codes.ts';
import { parseEngineName } from './parse-name.ts';

/** Prints the path of an engine; exit 3 with what was tried where it is not here. @throws InputError */
export async function whereCommand(words: string): Promise<number> {
  const { engine, version } = parseEngineName(words);
  const found = await findEngine(engine, version);
  if (isFound(found)) {
    process.stdout.write(`${found.path}\n`);
    return EXIT.ok;
  }
  process.stderr.write(
    `${found.engine} ${found.asked} is not on this machine. ${found.tried.join(' ')}\n  remedy: ${found.remedy}\n`,
  );
  return EXIT.machine;
}
