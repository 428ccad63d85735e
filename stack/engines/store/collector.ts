import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MachineError } from '../../drivers/types.ts';
import type { CatalogEntry } from '../types.ts';
import { type GoCommand, goCommand, goWords, mustSucceed, unservedModules } from './go-command.ts';
import { ensureGo } from './go-toolchain.ts';
import type { Progress } from './progress.ts';
import { run } from './run.ts';
import { fillTemplate } from './templates.ts';
import { formatVersion, type Version } from './version.ts';

export interface CollectorResult {
  readonly names: readonly string[];
  /** Wished components that the module proxy does not serve, and that were left out. */
  readonly leftOut: readonly string[];
}

const core = 'go.opentelemetry.io/collector';
const providers = ['env', 'file', 'yaml', 'http', 'https'];
const kinds = ['receiver', 'processor', 'exporter', 'connector', 'extension'];

/**
 * Builds a Collector with the components asked and, as far as they are served, those wished, by the Collector builder
 * (https://opentelemetry.io/docs/collector/extend/ocb/). The builder only writes the sources: its own `go mod tidy`
 * would also need the modules of every component's tests.
 * @param components keys such as `receiver/otlp`.
 * @throws MachineError where a component that was asked is unknown or not served.
 */
export async function fromCollectorBuilder(
  entry: CatalogEntry,
  version: Version,
  components: { readonly asked: readonly string[]; readonly wished: readonly string[] },
  { out, work }: { readonly out: string; readonly work: string },
  options: Progress,
): Promise<CollectorResult> {
  const builder = entry.source.collectorBuilder;
  const remedy = entry.source.byHand;
  if (builder === undefined) throw new MachineError(`${entry.engine} is not built by the builder.`, { remedy });
  const needed = modulesOf(builder.components, components.asked, remedy);
  const neededModules = new Set(needed.values());
  const wished = new Map(
    [...modulesOf(builder.components, components.wished, remedy)].filter(([, module]) => !neededModules.has(module)),
  );
  const name = `${entry.engine} ${formatVersion(version)}`;
  const release = fillTemplate(builder.version, version);
  const go = await goCommand(await ensureGo(options), work, options);
  const program = await buildTheBuilder(go, release, work, name, remedy);

  const source = join(work, 'source');
  await mkdir(source);
  const leftOut: string[] = [];
  const refused: string[] = [];
  // Every round takes out at least one component, so that all that are refused are known at the end.
  for (;;) {
    const modules = [...new Set([...needed.values(), ...wished.values()])];
    await writeFile(join(source, 'go.mod'), modFile(modules, release, version));
    const unusable = await unusableModules(go, modules, source, name, remedy);
    if (unusable.size === 0) break;
    if (!modules.some((module) => unusable.has(module))) {
      throw new MachineError(`Resolving the modules of ${name} failed: ${[...unusable.values()].join('; ')}.`, {
        remedy,
      });
    }
    for (const [key, module] of [...needed]) {
      if (!unusable.has(module)) continue;
      needed.delete(key);
      refused.push(`${key} needs ${unusable.get(module)}`);
    }
    for (const [key, module] of [...wished]) {
      if (!unusable.has(module)) continue;
      wished.delete(key);
      leftOut.push(key);
      options.progress(`${name}: without ${key}, the module proxy does not serve ${unusable.get(module)}`);
    }
  }
  if (refused.length > 0) {
    throw new MachineError(
      `The Go module proxy does not serve everything that the configuration needs: ${refused.join('; ')}.`,
      { remedy },
    );
  }
  await writeSources(program, [...new Set([...needed.values(), ...wished.values()])], {
    version,
    release,
    source,
    work,
  });
  const built = await go(
    ['build', '-v', '-trimpath', '-ldflags', '-s -w', '-o', join(out, entry.binary), '.'],
    `${name}: compiling`,
    { cwd: source },
  );
  mustSucceed(built, `Building ${name}`, remedy);
  return { names: [entry.binary], leftOut };
}

/** Component → Go module. */
function modulesOf(
  known: Readonly<Record<string, string>>,
  keys: readonly string[],
  remedy: string,
): Map<string, string> {
  const found = new Map<string, string>();
  const unknown: string[] = [];
  for (const key of keys) {
    const module = known[key];
    if (module === undefined) unknown.push(key);
    else found.set(key, module);
  }
  if (unknown.length === 0) return found;
  throw new MachineError(`Telltale knows no Go module for the Collector's ${unknown.join(', ')}.`, { remedy });
}

async function buildTheBuilder(
  go: GoCommand,
  release: string,
  work: string,
  name: string,
  remedy: string,
): Promise<string> {
  const module = `${core}/cmd/builder`;
  const directory = join(work, 'builder');
  await mkdir(directory);
  await writeFile(join(directory, 'go.mod'), `module telltale.local/builder\ngo 1.21\nrequire ${module} ${release}\n`);
  const program = join(work, 'ocb');
  const result = await go(['build', '-v', '-o', program, module], `${name}: building the Collector builder`, {
    cwd: directory,
  });
  mustSucceed(result, `Building the Collector builder ${release}`, remedy);
  return program;
}

function modFile(modules: readonly string[], release: string, version: Version): string {
  const requires = [
    `${core}/otelcol ${release}`,
    ...modules.map((module) => `${module} ${release}`),
    ...providers.map((provider) => `${core}/confmap/provider/${provider}provider ${stableVersion(version)}`),
  ];
  return `module telltale.local/otelcol\n\ngo 1.21\n\nrequire (\n${requires.map((line) => `\t${line}\n`).join('')})\n`;
}

/**
 * The version of the Collector's stable modules that goes with a release: 0.161.0 goes with 1.67.0
 * (https://github.com/open-telemetry/opentelemetry-collector/blob/main/versions.yaml).
 */
export function stableVersion(version: Version): string {
  return `v1.${(version.minor ?? 0) - 94}.${version.patch ?? 0}`;
}

interface ListedPackage {
  readonly ImportPath: string;
  readonly Error?: { readonly Err: string };
  readonly DepsErrors?: readonly { readonly Err: string }[];
}

/**
 * Component modules that cannot be built for want of something that the proxy does not serve → what that is.
 * A component module that is itself not served spoils the answer for all others, so those are reported alone.
 */
async function unusableModules(
  go: GoCommand,
  modules: readonly string[],
  source: string,
  name: string,
  remedy: string,
): Promise<Map<string, string>> {
  const result = await go(
    ['list', '-e', '-json=ImportPath,Error,DepsErrors', ...modules],
    `${name}: resolving modules`,
    { cwd: source },
  );
  const listed = parseListed(result.stdout);
  const unserved = unservedModules(result.output.replaceAll('\\n', '\n')).map((module) => module.split('@')[0] ?? '');
  const themselves = modules.filter((module) => unserved.includes(module));
  if (themselves.length > 0) return new Map(themselves.map((module) => [module, module]));
  mustSucceed(result, `Resolving the modules of ${name}`, remedy);
  const unusable = new Map<string, string>();
  for (const listing of listed) {
    const errors = [listing.Error, ...(listing.DepsErrors ?? [])].flatMap((error) => (error ? [error.Err] : []));
    if (errors.length === 0) continue;
    const wanting = [...new Set(errors.flatMap((error) => unservedModules(error)))];
    unusable.set(listing.ImportPath, wanting.length > 0 ? wanting.join(', ') : (errors[0]?.split('\n')[0] ?? ''));
  }
  return unusable;
}

/** `go list -json` prints one object after the other. */
function parseListed(stdout: string): readonly ListedPackage[] {
  return stdout
    .split(/^(?=\{)/m)
    .filter((part) => part.trim() !== '')
    .map((part) => JSON.parse(part) as ListedPackage);
}

async function writeSources(
  program: string,
  modules: readonly string[],
  { version, release, source, work }: { version: Version; release: string; source: string; work: string },
): Promise<void> {
  const generated = join(work, 'generated');
  const manifest = [
    'dist:',
    '  name: otelcol',
    `  version: "${formatVersion(version)}"`,
    `  output_path: ${JSON.stringify(generated)}`,
    '  module: telltale.local/otelcol',
    '  description: Collector built by Telltale',
  ];
  for (const kind of kinds) {
    const own = modules.filter((module) => module.includes(`/${kind}/`));
    if (own.length > 0) manifest.push(`${kind}s:`, ...own.map((module) => `  - gomod: ${module} ${release}`));
  }
  manifest.push('providers:');
  for (const provider of providers) {
    manifest.push(`  - gomod: ${core}/confmap/provider/${provider}provider ${stableVersion(version)}`);
  }
  const file = join(work, 'manifest.yaml');
  await writeFile(file, `${manifest.join('\n')}\n`);
  const result = await run(program, ['--config', file, '--skip-compilation', '--skip-get-modules'], {
    env: { ...process.env, TMPDIR: join(work, 'tmp') },
  });
  if (result.code !== 0) {
    throw new MachineError(`The Collector builder ${release} failed: ${goWords(result)}.`, {
      remedy: 'Take a released Collector instead: put otelcol-contrib on PATH.',
    });
  }
  for (const part of ['main.go', 'main_others.go', 'components.go']) {
    await copyFile(join(generated, part), join(source, part));
  }
}
