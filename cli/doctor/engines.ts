import type { EngineName } from '../../stack/definition/types.ts';
import { loadCatalog } from '../../stack/engines/catalog.ts';
import { cachedVersions } from '../../stack/engines/store/cache.ts';
import { findEngine, isFound } from '../../stack/engines/store/find-engine.ts';
import { findGo } from '../../stack/engines/store/go-toolchain.ts';
import { type Finding, missing, ok } from './finding.ts';

/** Go, and for each engine the binary that a stack without a version would get. */
export async function engineFindings(env: NodeJS.ProcessEnv): Promise<readonly Finding[]> {
  const engines = loadCatalog().engines.map(({ engine }) => engine);
  return [await goFinding(env), ...(await Promise.all(engines.map((engine) => engineFinding(engine, env))))];
}

async function goFinding(env: NodeJS.ProcessEnv): Promise<Finding> {
  const { go, tried } = await findGo(env);
  if (go !== undefined) return ok('go', `${go.version}, ${go.source}: ${go.path}`);
  return missing(
    'go',
    tried.join(' '),
    'Nothing to do where the Go module proxy can be reached: `telltale engines install` brings it. Else install Go.',
  );
}

async function engineFinding(engine: EngineName, env: NodeJS.ProcessEnv): Promise<Finding> {
  const found = await findEngine(engine, undefined, { env });
  const subject = `engine ${engine}`;
  if (!isFound(found)) {
    return missing(subject, 'no binary on this machine, which only the native driver needs', found.remedy);
  }
  const others = (await cachedVersions(engine, env)).filter((version) => version !== found.version).sort();
  const also = others.length === 0 ? '' : ` (for stacks that name it: ${others.join(', ')})`;
  return ok(subject, `${found.version}, ${found.source}: ${found.path}${also}`);
}
