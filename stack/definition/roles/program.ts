import { basename } from 'node:path';
import type { CatalogEntry } from '../../engines/types.ts';
import type { ServiceShape } from '../configs/reader.ts';
import type { DockerfileSummary } from './dockerfile.ts';

export interface Program {
  /** Program names that may be what runs: the first word, and programs named in a shell line. */
  readonly names: readonly string[];
  /** Every word that the service's own files say, shell lines in one piece. */
  readonly words: readonly string[];
}

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash']);

/** Wrappers that start the words after them. */
const WRAPPERS = new Set(['tini', 'dumb-init', 'env', 'exec', 'su-exec', 'gosu', 'nice', 'catchsegv']);

/** Programs that do one thing and end: an image used for them is no engine. */
const HELPERS = new Set(
  'chown chmod mkdir cp mv rm ls cat echo touch true sleep curl wget tar sed find install test promtool amtool logcli tempo-cli profilecli'.split(
    ' ',
  ),
);

/** Subcommands that check or print and end. */
const ONE_SHOT_WORDS =
  /^(fmt|validate|convert|components|tools|--?version|--?verify-config|--?config\.verify(=true)?|--?help)$/;

/** What a service runs, as far as compose file and Dockerfile say; empty where both leave it to the image. */
export function programOf(service: ServiceShape, dockerfile?: DockerfileSummary): Program {
  const words = ownWords(service, dockerfile);
  const start = words.findIndex((word) => !WRAPPERS.has(basename(word)) && word !== '--');
  const first = basename(words[start] ?? '');
  if (!SHELLS.has(first)) return { names: first === '' || first.startsWith('-') ? [] : [first], words };
  const script = words.slice(start + 1).join(' ');
  return { names: programsOf(script), words };
}

/** Words of a shell that stand before a command. */
const KEYWORDS = new Set(['if', 'then', 'else', 'elif', 'do', 'while', 'until', '!', '{', 'time', '-c']);

/** Wrappers that take a user before the program. */
const WITH_USER = new Set(['su-exec', 'gosu']);

/** The program of each command in a shell line: what stands elsewhere are arguments, whatever they are called. */
function programsOf(script: string): string[] {
  return script.split(/[;&|()\n`]+/).flatMap((command): string[] => {
    const words = command
      .trim()
      .split(/\s+/)
      .map((word) => word.replace(/^["']+|["']+$/g, ''))
      .filter((word) => word !== '');
    for (let at = 0; at < words.length; at++) {
      const name = basename(words[at] ?? '');
      if (WITH_USER.has(name)) at++;
      else if (!WRAPPERS.has(name) && !KEYWORDS.has(name) && !SHELLS.has(name) && !/^\w+=|^-/.test(words[at] ?? ''))
        return [name];
    }
    return [];
  });
}

/**
 * The helper that an engine's image is used for here, or undefined where it runs the engine:
 * `entrypoint: ["chown", …]` beside a Tempo, a `promtool check`.
 */
export function isOneShot(
  entry: CatalogEntry,
  service: ServiceShape,
  dockerfile?: DockerfileSummary,
): string | undefined {
  const { names, words } = programOf(service, dockerfile);
  const replaced = service.entrypoint !== undefined && service.entrypoint.length > 0;
  const [first] = names;
  if (first === undefined) return undefined;
  const runsEngine = names.some((name) => entry.recognise.programs.includes(name) || name === basename(entry.binary));
  const subcommand = words.find((word) => ONE_SHOT_WORDS.test(word));
  if (subcommand !== undefined && (runsEngine || ONE_SHOT_WORDS.test(first))) return subcommand;
  if (runsEngine) return undefined;
  const shell = SHELLS.has(basename(words[0] ?? ''));
  if (!replaced && !shell) return HELPERS.has(first) ? first : undefined;
  const helpers = names.filter((name) => HELPERS.has(name));
  const script = words.join(' ');
  const handsOver = /\.sh\b|exec\s+["']?\$|entrypoint/.test(script);
  return helpers.length > 0 && !handsOver ? helpers[0] : undefined;
}

function ownWords(service: ServiceShape, dockerfile: DockerfileSummary | undefined): string[] {
  const text = (words: readonly { readonly text: string }[]): string[] => words.map((word) => word.text);
  const entrypoint = service.entrypoint === undefined ? (dockerfile?.entrypoint ?? []) : text(service.entrypoint);
  const command =
    service.command !== undefined
      ? text(service.command)
      : service.entrypoint === undefined
        ? (dockerfile?.command ?? [])
        : [];
  return [...entrypoint, ...command];
}
