import { execFile } from 'node:child_process';
import type { Collector } from './collector.ts';
import type { ContainerEngine } from './container-engine.ts';

export const CUT_LIMITATION =
  'Without root on the container engine’s machine, cutting two services apart takes the first off the networks that it shares with the other, and so away from everyone on them.';

/** Whether packets can be dropped inside the containers' own network namespaces. */
export function canRoute({ local }: ContainerEngine): boolean {
  return local && process.platform === 'linux' && process.getuid?.() === 0;
}

interface Detached {
  readonly network: string;
  readonly container: string;
  readonly aliases: readonly string[];
}

/** Which pairs of services are kept apart, and how. */
export class NetworkCuts {
  readonly #engine: ContainerEngine;
  readonly #collector: Collector;
  readonly #pairs = new Map<string, { readonly one: string; readonly other: string; detached: readonly Detached[] }>();

  constructor(engine: ContainerEngine, collector: Collector) {
    this.#engine = engine;
    this.#collector = collector;
  }

  async cut(one: string, other: string): Promise<void> {
    const key = keyOf(one, other);
    if (this.#pairs.has(key)) return;
    const pair = { one, other, detached: [] as readonly Detached[] };
    this.#pairs.set(key, pair);
    if (canRoute(this.#engine)) await this.#route(pair, 'add');
    else pair.detached = await this.#detach(one, other);
  }

  async mend(one: string, other: string): Promise<void> {
    const key = keyOf(one, other);
    const pair = this.#pairs.get(key);
    if (pair === undefined) return;
    this.#pairs.delete(key);
    if (canRoute(this.#engine)) await this.#route(pair, 'del');
    for (const { network, container, aliases } of pair.detached) {
      await this.#engine.docker
        .getNetwork(network)
        .connect({ Container: container, EndpointConfig: { Aliases: [...aliases] } });
    }
  }

  /** A started container has a new network namespace, and often a new address. */
  async renew(service: string): Promise<void> {
    if (!canRoute(this.#engine)) return;
    for (const pair of this.#pairs.values()) {
      if (pair.one === service || pair.other === service) await this.#route(pair, 'add');
    }
  }

  async #route({ one, other }: { one: string; other: string }, verb: 'add' | 'del'): Promise<void> {
    const [a, b] = await Promise.all([this.#place(one), this.#place(other)]);
    const ways = [
      [a, b],
      [b, a],
    ] as const;
    for (const [from, to] of ways) {
      if (from.pid === 0) continue;
      for (const address of to.addresses) {
        const words = ['route', verb === 'add' ? 'replace' : 'del', 'blackhole', `${address}/32`];
        await inNetworkOf(from.pid, words, verb === 'del');
      }
    }
  }

  async #place(service: string): Promise<{ readonly pid: number; readonly addresses: readonly string[] }> {
    const id = this.#collector.container(service);
    if (id === undefined) return { pid: 0, addresses: [] };
    const { State, NetworkSettings } = await this.#engine.docker.getContainer(id).inspect();
    const addresses = Object.values(NetworkSettings.Networks ?? {}).flatMap(({ IPAddress }) => IPAddress || []);
    return { pid: State.Pid, addresses };
  }

  async #detach(one: string, other: string): Promise<readonly Detached[]> {
    const [container, facing] = [this.#collector.container(one), this.#collector.container(other)];
    if (container === undefined || facing === undefined) return [];
    const { docker } = this.#engine;
    const [mine, theirs] = await Promise.all([
      docker.getContainer(container).inspect(),
      docker.getContainer(facing).inspect(),
    ]);
    const detached: Detached[] = [];
    for (const [network, { Aliases }] of Object.entries(mine.NetworkSettings.Networks)) {
      if (!(network in theirs.NetworkSettings.Networks)) continue;
      await docker.getNetwork(network).disconnect({ Container: container });
      detached.push({ network, container, aliases: Aliases ?? [one] });
    }
    return detached;
  }
}

function keyOf(one: string, other: string): string {
  return [one, other].sort().join('\0');
}

/** Runs `ip` of this machine in the network namespace of a process. */
function inNetworkOf(pid: number, words: readonly string[], mayFail: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('nsenter', ['-t', String(pid), '-n', 'ip', ...words], { timeout: 10_000 }, (error, _, stderr) => {
      if (error === null || mayFail) resolve();
      else reject(new Error(`\`ip ${words.join(' ')}\` failed in a container: ${stderr.trim() || error.message}`));
    });
  });
}
