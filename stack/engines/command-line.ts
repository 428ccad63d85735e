import type { CommandWord } from '../definition/types.ts';
import type { ImageDefaults } from './types.ts';

/**
 * The command line that a container is started with. An entrypoint of the service's own drops the image's command
 * (https://docs.docker.com/reference/compose-file/services/#entrypoint); an empty list clears.
 */
export function commandLine(
  service: { readonly entrypoint?: readonly CommandWord[]; readonly command?: readonly CommandWord[] },
  image: Pick<ImageDefaults, 'entrypoint' | 'command'>,
): readonly CommandWord[] {
  const own = (words: readonly string[]): CommandWord[] =>
    words.map((text) => ({ text, at: { file: '(image)', line: 1, column: 1 } }));
  const entrypoint = service.entrypoint ?? own(image.entrypoint);
  const command = service.command ?? (service.entrypoint === undefined ? own(image.command) : []);
  return [...entrypoint, ...command];
}
