import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { loadCatalog } from '../../stack/engines/catalog.ts';
import { AREAS } from '../../suites/areas.ts';
import { allRequirements } from '../../suites/registry.ts';
import { EXIT } from '../exit-codes.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionModel, type KnownWords } from './model.ts';
import { zshScript } from './zsh.ts';

export type Shell = keyof typeof SCRIPTS;

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** Prints the shell's completion script. */
export function completionCommand(program: CommandUnknownOpts, shell: Shell): number {
  process.stdout.write(completionScript(program, shell));
  return EXIT.ok;
}

/** The script for the commands, options, areas and requirements as they are now. */
export function completionScript(program: CommandUnknownOpts, shell: Shell): string {
  return SCRIPTS[shell](completionModel(program, knownWords()));
}

/** Areas and ids of what is built, and the names of the engines. */
function knownWords(): KnownWords {
  const requirements = allRequirements();
  const built = new Set(requirements.map(({ area }) => area));
  return {
    '--area': { words: AREAS.filter((area) => built.has(area)), list: true },
    '--id': { words: requirements.map(({ id }) => id), list: true },
    name: { words: loadCatalog().engines.map(({ engine }) => engine), list: false },
  };
}
