import { homedir } from 'node:os';
import { join } from 'node:path';
import { MachineError } from '../../drivers/types.ts';
import { loadCatalog, type ToolEntry } from '../catalog.ts';
import { goCommand, mustSucceed } from './go-command.ts';
import { downloadModule } from './go-module.ts';
import { ensureGo } from './go-toolchain.ts';
import { withLock } from './lock.ts';
import { probeVersion } from './probe.ts';
import type { Progress } from './progress.ts';
import { staged } from './staging.ts';
import { fillTemplate } from './templates.ts';
import { formatVersion, parseVersion } from './version.ts';

export interface InstalledTool {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

/** Where Docker looks for its plug-ins: `TELLTALE_CLI_PLUGINS`, else `~/.docker/cli-plugins`. */
export function pluginDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return env.TELLTALE_CLI_PLUGINS || join(env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker'), 'cli-plugins');
}

/**
 * Builds the compose CLI from its Go module, for machines that have a container engine without it. Its go.mod has
 * `exclude` lines, so that `go install` refuses it: it is built in the module's own directory.
 * @throws MachineError with Go's words.
 */
export async function installTool(
  name: 'docker-compose',
  version: string | undefined,
  options: Progress & { readonly directory?: string },
): Promise<InstalledTool> {
  const tool = loadCatalog().tools[name];
  const wanted = parseVersion(version ?? tool?.version ?? '');
  if (tool === undefined || wanted?.patch === undefined) {
    throw new MachineError(`${version} is not a version of ${name}.`, { remedy: `Name one such as ${tool?.version}.` });
  }
  const target = options.directory ?? pluginDirectory();
  const path = join(target, tool.binary);
  const there = await toolVersion(tool, path);
  if (there === formatVersion(wanted)) return { name, version: there, path };
  return withLock(join(target, `.lock-${tool.binary}`), options, async () => {
    await staged(target, async ({ out, work }) => {
      const remedy = `Install ${name} from your distribution or its releases.`;
      const go = await goCommand(await ensureGo(options), work, options);
      const source = await downloadModule(go, tool.module, `v${formatVersion(wanted)}`, work, remedy);
      const flags = `-s -w ${fillTemplate(tool.ldflags, wanted)}`;
      const output = join(out, tool.binary);
      // `-mod=readonly`: the module's own directory cannot be written.
      const result = await go(
        [
          'build',
          '-v',
          '-mod=readonly',
          '-tags',
          tool.tags.join(','),
          '-trimpath',
          '-ldflags',
          flags,
          '-o',
          output,
          tool.package,
        ],
        `${name} ${formatVersion(wanted)}: compiling`,
        { cwd: source },
      );
      mustSucceed(result, `Building ${name} ${formatVersion(wanted)}`, remedy);
      return [tool.binary];
    });
    const is = await toolVersion(tool, path);
    if (is !== undefined) return { name, version: is, path };
    throw new MachineError(`${path} was built but does not run.`, { remedy: 'Report this as a bug.' });
  });
}

async function toolVersion(tool: ToolEntry, path: string): Promise<string | undefined> {
  const probe = await probeVersion(path, tool.versionArgs);
  return probe.ok ? probe.version : undefined;
}
