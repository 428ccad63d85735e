import { run } from '../../engines/store/run.ts';
import type { Docker } from './container-engine.ts';

/**
 * Bytes in each data mount of a container, by container path: measured where this machine can read the volume, and
 * else as the container engine itself counts it. Mounts that neither can tell are left out.
 */
export async function containerDiskUsage(docker: Docker, container: string): Promise<Readonly<Record<string, number>>> {
  const { Mounts } = await docker.getContainer(container).inspect();
  const usage: Record<string, number> = {};
  let counted: ReadonlyMap<string, number> | undefined;
  for (const { Type, Name, Source, Destination, RW } of Mounts) {
    if (Type !== 'volume' && !(Type === 'bind' && RW)) continue;
    const { code, stdout } = await run('du', ['-sb', Source], { timeoutMs: 30_000 });
    let bytes: number | undefined = code === 0 ? Number.parseInt(stdout, 10) : undefined;
    if (bytes === undefined && Name !== undefined) {
      counted ??= await volumeSizes(docker);
      bytes = counted.get(Name);
    }
    if (bytes !== undefined && !Number.isNaN(bytes)) usage[Destination] = bytes;
  }
  return usage;
}

/** As `docker system df -v` shows them. */
async function volumeSizes(docker: Docker): Promise<ReadonlyMap<string, number>> {
  const { Volumes } = (await docker.df()) as {
    readonly Volumes?: readonly { readonly Name: string; readonly UsageData?: { readonly Size: number } }[];
  };
  return new Map((Volumes ?? []).map(({ Name, UsageData }) => [Name, UsageData?.Size ?? 0]));
}
