import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MachineError } from '../../drivers/types.ts';
import type { CatalogEntry } from '../types.ts';
import { type GoCommand, goCommand, mustSucceed, sentence } from './go-command.ts';
import { ensureGo } from './go-toolchain.ts';
import type { Progress } from './progress.ts';
import { makeWritable } from './staging.ts';
import { checkModuleMajor, fillTemplate } from './templates.ts';
import { formatVersion, type Version } from './version.ts';

/**
 * Builds an engine from its published Go module into `out`: a module of our own that requires it, with its `replace`
 * and `exclude` lines, which Go honours only in the main module (https://go.dev/ref/mod#go-mod-file-replace).
 * @returns the names of the programs built.
 * @throws MachineError with Go's words, naming modules that the proxy does not serve.
 */
export async function fromGoModule(
  entry: CatalogEntry,
  version: Version,
  { out, work }: { readonly out: string; readonly work: string },
  options: Progress,
): Promise<readonly string[]> {
  const recipe = entry.source.goModule;
  if (recipe === undefined)
    throw new MachineError(`${entry.engine} has no Go module.`, { remedy: entry.source.byHand });
  const remedy = entry.source.byHand;
  const moduleVersion = fillTemplate(recipe.version, version);
  checkModuleMajor(recipe.module, moduleVersion, remedy);
  const go = await goCommand(await ensureGo(options), work, options);
  const name = `${entry.engine} ${formatVersion(version)}`;

  const source = await downloadModule(go, recipe.module, moduleVersion, work, remedy);
  const build = join(work, 'build');
  await mkdir(build);
  const copied = await withMissingFiles(source, join(build, 'module'), recipe.files ?? {});
  const modFile = await readFile(join(source, 'go.mod'), 'utf8');
  const lines = [
    `module telltale.local/${entry.engine}`,
    /^go \S+/m.exec(modFile)?.[0] ?? 'go 1.21',
    `require ${recipe.module} ${moduleVersion}`,
    ...(recipe.copyReplace ? directives(modFile) : []),
    ...(copied ? [`replace ${recipe.module} => ./module`] : []),
  ];
  await writeFile(join(build, 'go.mod'), `${lines.join('\n')}\n`);
  await writeFile(join(build, 'go.sum'), await readFile(join(source, 'go.sum'), 'utf8').catch(() => ''));

  const packages = recipe.packages.map((path) => (path === '.' ? recipe.module : `${recipe.module}/${path}`));
  const tags = recipe.tags.length === 0 ? [] : ['-tags', recipe.tags.join(',')];
  const listed = await go(['list', '-deps', ...tags, ...packages], `${name}: resolving modules`, { cwd: build });
  mustSucceed(listed, `Resolving the modules of ${name}`, remedy);
  const count = listed.stdout.trim().split('\n').length;
  const flags = `-s -w ${fillTemplate(recipe.ldflags, version)}`.trim();
  const built = await go(
    ['build', '-v', ...tags, '-trimpath', '-ldflags', flags, '-o', `${out}/`, ...packages],
    `${name}: compiling (at most ${count} packages)`,
    { cwd: build },
  );
  mustSucceed(built, `Building ${name}`, remedy);
  return readdir(out);
}

/** The directory of a module's source in Go's cache. */
export async function downloadModule(
  go: GoCommand,
  module: string,
  version: string,
  work: string,
  remedy: string,
): Promise<string> {
  const result = await go(['mod', 'download', '-json', `${module}@${version}`], `downloading ${module} ${version}`, {
    cwd: work,
  });
  const answer = parseDownload(result.stdout);
  if (answer.Dir !== undefined) return answer.Dir;
  if (answer.Error !== undefined) {
    const words = sentence(answer.Error);
    throw new MachineError(`The Go module ${module} ${version} cannot be had: ${words}.`, { remedy });
  }
  mustSucceed(result, `Downloading ${module} ${version}`, remedy);
  throw new MachineError(`Go did not say where it put ${module} ${version}.`, { remedy });
}

function parseDownload(json: string): { Dir?: string; Error?: string } {
  try {
    return JSON.parse(json) as { Dir?: string; Error?: string };
  } catch {
    return {};
  }
}

/** The module's `replace` and `exclude` directives, one a line; replacements by local directories are dropped. */
export function directives(modFile: string): string[] {
  const found: string[] = [];
  let block: string | undefined;
  for (const raw of modFile.split('\n')) {
    const line = raw.replace(/\s*\/\/.*$/, '').trim();
    if (block !== undefined && line === ')') block = undefined;
    else if (block !== undefined && line !== '') found.push(`${block} ${line}`);
    else if (/^(replace|exclude)\s*\($/.test(line)) block = line.split(/[\s(]/)[0];
    else if (/^(replace|exclude)\s+\S/.test(line)) found.push(line);
  }
  return found.filter((line) => !/=>\s*(\.{1,2}(\/|$)|\/)/.test(line));
}

/** Where the published module lacks files that it needs, a copy of it with them; says whether there is a copy. */
async function withMissingFiles(
  source: string,
  target: string,
  files: Readonly<Record<string, string>>,
): Promise<boolean> {
  const missing: [string, string][] = [];
  for (const [path, content] of Object.entries(files)) {
    const there = await stat(join(source, dirname(path))).catch(() => undefined);
    if (there === undefined) missing.push([path, content]);
  }
  if (missing.length === 0) return false;
  await cp(source, target, { recursive: true });
  await makeWritable(target);
  for (const [path, content] of missing) {
    await mkdir(join(target, dirname(path)), { recursive: true });
    await writeFile(join(target, path), content);
  }
  return true;
}
