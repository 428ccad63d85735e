import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isDead, OWNER_LABEL } from '../owner.ts';
import { abandonedScratch, removeScratch } from '../scratch.ts';
import type { Docker } from './container-engine.ts';

/** What a run leaves on a container engine, by id or name. */
interface Belongings {
  readonly containers: readonly string[];
  readonly networks: readonly string[];
  readonly volumes: readonly string[];
}

const DEADLINE_MS = 30_000;
const POLL_MS = 50;

/**
 * Removes all containers (with their anonymous volumes), networks and volumes of a compose project, at once and
 * without grace. Only call it for projects that Telltale itself has named.
 * @throws Error naming what is still there after half a minute.
 */
export async function removeProject(docker: Docker, project: string): Promise<void> {
  await removeUntilNone(docker, () => findByLabel(docker, `com.docker.compose.project=${project}`), project);
}

/** Clears away what runs left whose process is dead. Resolves to sentences on what was removed. */
export async function reapAbandoned(docker: Docker): Promise<readonly string[]> {
  const notes: string[] = [];
  const scratch = abandonedScratch();
  for (const directory of scratch) killComposeOf(directory);
  const owners = await deadOwners(docker);
  for (const owner of owners) {
    const label = `${OWNER_LABEL}=${owner}`;
    const { containers, networks, volumes } = await findByLabel(docker, label);
    await removeUntilNone(docker, () => findByLabel(docker, label), `process ${owner}`);
    await removeImages(docker, label);
    notes.push(
      `Removed what process ${owner.split(':')[0]} left when it was killed: ${containers.length} containers, ` +
        `${networks.length} networks, ${volumes.length} volumes.`,
    );
  }
  for (const directory of scratch) removeScratch(directory);
  return notes;
}

export async function removeImages(docker: Docker, label: string): Promise<void> {
  const images = await docker.listImages({ filters: { label: [label] } });
  for (const { Id } of images) await docker.getImage(Id).remove({ force: true }).catch(ignoreGone);
}

async function deadOwners(docker: Docker): Promise<readonly string[]> {
  const filters = { label: [OWNER_LABEL] };
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
    docker.listImages({ filters }),
  ]);
  const labelled = [...containers, ...networks, ...(volumes.Volumes ?? []), ...images];
  const owners = new Set(labelled.flatMap(({ Labels }) => Labels?.[OWNER_LABEL] ?? []));
  return [...owners].filter(isDead);
}

async function findByLabel(docker: Docker, label: string): Promise<Belongings> {
  const filters = { label: [label] };
  const [containers, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ]);
  return {
    containers: containers.map(({ Id }) => Id),
    networks: networks.map(({ Id }) => Id),
    volumes: (volumes.Volumes ?? []).map(({ Name }) => Name),
  };
}

/** Several passes: a request that was under way when its client died can still bring something forth. */
async function removeUntilNone(docker: Docker, find: () => Promise<Belongings>, whose: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (let empty = 0; empty < 2; ) {
    const { containers, networks, volumes } = await find();
    const count = containers.length + networks.length + volumes.length;
    empty = count === 0 ? empty + 1 : 0;
    if (count > 0 && Date.now() > deadline) {
      const left = [...containers, ...networks, ...volumes].join(', ');
      throw new Error(`The container engine does not remove what ${whose} started: ${left}`);
    }
    await Promise.all(
      containers.map((id) => docker.getContainer(id).remove({ force: true, v: true }).catch(ignoreGone)),
    );
    await Promise.all([
      ...networks.map((id) => docker.getNetwork(id).remove().catch(ignoreGone)),
      ...volumes.map((name) => docker.getVolume(name).remove({ force: true }).catch(ignoreGone)),
    ]);
    if (empty < 2) await pause(POLL_MS);
  }
}

/** Gone already, or being removed, or still in use for a moment: the next pass looks again. */
function ignoreGone(error: { readonly statusCode?: number }): void {
  if (error.statusCode !== 404 && error.statusCode !== 409 && error.statusCode !== 403) throw error;
}

/**
 * Ends the `docker compose` processes that were called with an override file in this scratch directory: Testcontainers
 * starts them and offers no way to stop them. Where there is no /proc they come to their own end.
 */
export function killComposeOf(scratch: string): void {
  let pids: string[];
  try {
    pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return;
  }
  for (const pid of pids) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      const isCompose = words.includes('compose') || words[0]?.endsWith('docker-compose');
      if (isCompose && words.some((word) => word.startsWith(`${scratch}/`))) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended meanwhile, or is another user's.
    }
  }
}
