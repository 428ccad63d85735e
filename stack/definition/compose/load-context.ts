import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ConfigMap } from '../config-node.ts';
import type { Finding, Position } from '../position.ts';
import { parseYamlDocuments } from '../syntax/yaml.ts';
import type { EnvironmentValue } from '../types.ts';
import { parseDotenv } from './dotenv.ts';
import { kindOf, refuse } from './tree.ts';

export type Environment = ReadonlyMap<string, string>;

/** What one reading of a compose project shares: the files read so far, and what was found wrong. */
export class LoadContext {
  readonly findings: Finding[] = [];
  private readonly directory: string;
  private readonly texts = new Map<string, string>();
  private readonly documents = new Map<string, readonly ConfigMap[]>();
  private readonly unsetSeen = new Set<string>();

  /** @param directory absolute; positions are relative to it where the file is inside it. */
  constructor(directory: string) {
    this.directory = directory;
  }

  display(file: string): string {
    const relative = path.relative(this.directory, file);
    return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
  }

  /** Text of a file that was read in this run, by the name in its positions. */
  textOf(displayed: string): string | undefined {
    return this.texts.get(displayed);
  }

  /** @throws InputError where it cannot be read */
  readText(file: string, what: string, wantedAt?: Position): string {
    try {
      const text = readFileSync(file, 'utf8');
      this.texts.set(this.display(file), text);
      return text;
    } catch (cause) {
      const reason = reasonOf(cause);
      return refuse(
        `${what} ${this.display(file)} cannot be read: ${reason}.`,
        wantedAt,
        'Create it, or correct the path.',
        cause,
      );
    }
  }

  /** The documents of a compose file, syntax errors and duplicate keys refused. */
  readDocuments(file: string, wantedAt?: Position): readonly ConfigMap[] {
    const known = this.documents.get(file);
    if (known !== undefined) return known;
    const text = this.readText(file, 'The compose file', wantedAt);
    const { roots, problems } = parseYamlDocuments(text, this.display(file));
    const [problem] = problems;
    if (problem !== undefined) refuse(problem.message, problem.at, problem.remedy);
    const documents = roots.map((root) =>
      root.kind === 'map'
        ? root
        : refuse(`A compose file must be a mapping, and this is ${kindOf(root)}.`, root.at, 'Begin with `services:`.'),
    );
    this.documents.set(file, documents);
    return documents;
  }

  /** `.env`-like files one after another; variables of `outer` win in interpolation. */
  readEnvFiles(files: readonly string[], outer: Environment, wantedAt?: Position): Map<string, string> {
    const values = new Map<string, EnvironmentValue>();
    for (const file of files) {
      parseDotenv(this.readText(file, 'The env file', wantedAt), values, {
        file: this.display(file),
        lookup: (name) => outer.get(name),
        unset: this.unset,
      });
    }
    return new Map([...values].map(([name, { value }]) => [name, value ?? '']));
  }

  /** Each variable is reported once at each place, whatever number of aliases lead there. */
  readonly unset = (name: string, scalarAt: Position): void => {
    const at = this.locate(new RegExp(`\\$\\{?${name}(?![A-Za-z0-9_])`), scalarAt);
    const key = `${name} ${at.file} ${at.line} ${at.column}`;
    if (this.unsetSeen.has(key)) return;
    this.unsetSeen.add(key);
    this.findings.push({
      id: 'COMPOSE-VARIABLE-UNSET',
      severity: 'warning',
      at,
      message: `The variable ${name} is not set, and stands for nothing here.`,
      remedy: `Set ${name} in the environment or in .env, or write \${${name}:-default}.`,
    });
  };

  /** The first place from `start` on where the pattern is found in the file, else `start`. */
  private locate(pattern: RegExp, start: Position): Position {
    const lines =
      this.texts
        .get(start.file)
        ?.split('\n')
        .slice(start.line - 1) ?? [];
    for (const [index, line] of lines.entries()) {
      const from = index === 0 ? start.column - 1 : 0;
      const found = line.slice(from).search(pattern);
      if (found !== -1) return { file: start.file, line: start.line + index, column: from + found + 1 };
    }
    return start;
  }
}

export function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

function reasonOf(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a directory';
  if (code === 'EACCES') return 'reading it is not permitted';
  return cause instanceof Error ? cause.message : String(cause);
}
