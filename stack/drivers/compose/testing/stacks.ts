import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readStack } from '../../../definition/read-stack.ts';
import type { StackDefinition } from '../../../definition/types.ts';
import { buildImage } from '../../../engines/build-image.ts';
import { imageDefaults, loadCatalog } from '../../../engines/catalog.ts';
import { componentsOf } from '../../../engines/components.ts';
import { imageContext } from '../../../engines/image.ts';
import { findEngine, isFound } from '../../../engines/store/find-engine.ts';
import type { StartOptions } from '../../types.ts';
import { requireComposeCli } from '../compose-cli.ts';
import { connectEngine, type Docker } from '../container-engine.ts';
import { inspectImage } from '../images.ts';

/** Has a shell, `sleep` and the like, since the official image has. */
export const SHELL_IMAGE = 'prom/prometheus:v3.16.0';

/**
 * Whether these tests can run. Where a container engine is demanded (`TELLTALE_REQUIRE_COMPOSE=1`, in CI) they run in
 * any case, and fail without one.
 */
export async function containerEngineFound(): Promise<boolean> {
  if (process.env.TELLTALE_REQUIRE_COMPOSE === '1') return true;
  try {
    await connectEngine();
    await requireComposeCli();
    return true;
  } catch {
    return false;
  }
}

/** Makes the images that a stack names from the store's binaries, where they are not on the engine yet. */
export async function makeImages(definition: StackDefinition): Promise<void> {
  const { docker } = await connectEngine();
  const catalog = loadCatalog();
  for (const service of definition.services) {
    const { engine, version, image } = service;
    if (engine === undefined || image === undefined || (await inspectImage(docker, image)) !== undefined) continue;
    const binary = await findEngine(engine, version, { components: componentsOf(service) });
    if (!isFound(binary)) throw new Error(`${image}: ${binary.tried.join(' ')} ${binary.remedy}`);
    const entry = catalog.entry(engine);
    await buildImage(await imageContext(entry, binary, imageDefaults(entry, image), image), { progress: () => {} });
  }
}

/** The image with a shell, on the engine. */
export async function makeShellImage(): Promise<void> {
  await makeImages(stackOf({ 'compose.yaml': `services: {p: {image: "${SHELL_IMAGE}"}}` }));
}

const made: string[] = [];

/** Removes the directories of all stacks that this file made. */
export function removeStacks(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** A stack in a directory of its own, from file name to content; `removeStacks` clears it away. */
export function stackOf(files: Readonly<Record<string, string>>): StackDefinition {
  const directory = mkdtempSync(join(tmpdir(), 'compose-test-'));
  made.push(directory);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  return readStack(directory);
}

export interface Told {
  readonly notes: string[];
  readonly progress: string[];
}

export function startOptions(more: Partial<StartOptions> = {}): {
  readonly options: StartOptions;
  readonly told: Told;
} {
  const told: Told = { notes: [], progress: [] };
  const options: StartOptions = {
    runId: `test${process.pid}x${Math.random().toString(36).slice(2, 8)}`,
    scratch: '',
    progress: (message) => told.progress.push(message),
    note: (message) => told.notes.push(message),
    signal: new AbortController().signal,
    ...more,
  };
  return { options, told };
}

/** Everything that runs of ours could have left, by name. */
export async function leftBehind(docker: Docker): Promise<readonly string[]> {
  const [containers, networks, volumes, images] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listNetworks(),
    docker.listVolumes(),
    docker.listImages(),
  ]);
  const names = [
    ...containers.flatMap(({ Names }) => Names.map((name) => name.slice(1))),
    ...networks.map(({ Name }) => Name),
    ...(volumes.Volumes ?? []).map(({ Name }) => Name),
    ...images.flatMap(({ RepoTags }) => RepoTags ?? []),
    ...readdirSync(tmpdir()).filter((name) => /^telltale-\d+-/.test(name)),
  ];
  return names.filter((name) => /^telltale-(test|\d)/.test(name)).sort();
}

/** Anonymous volumes have no name to know them by: only their number tells. */
export async function volumeCount(docker: Docker): Promise<number> {
  return ((await docker.listVolumes()).Volumes ?? []).length;
}

/** Waits for a condition. @throws Error naming it when the deadline has passed. */
export async function until(what: string, condition: () => Promise<boolean> | boolean, ms = 30_000): Promise<void> {
  const deadline = Date.now() + ms;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Not within ${ms / 1000} s: ${what}`);
    await pause(50);
  }
}
