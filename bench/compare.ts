import type { SentRequest } from '../helpers/clients/http-types.ts';
import { type Assertion, clientsFor, type EngineUrls } from './assertion.ts';
import { BareLoop } from './bare-loop.ts';
import { inParallel, median, timed } from './pool.ts';

const WIDTH = 16;
const SLICE = 100;

/** Our clients against the bare loop over the very same requests. */
export interface Comparison {
  readonly name: string;
  readonly requests: number;
  readonly rounds: number;
  /** Assertions a second: request, decoding and comparison. Medians of the rounds, as all figures here. */
  readonly assertionsPerSecond: number;
  readonly barePerSecond: number;
  /** Wall time of ours to that of the bare loop. */
  readonly ratio: number;
  /** Processor time of this process for one assertion, microseconds; hardly moved by what else the machine does. */
  readonly cpuMicros: number;
  readonly bareCpuMicros: number;
  readonly cpuRatio: number;
}

/**
 * Both take turns on slices of the requests, in changing order, so that drift of the machine and of the engine falls on
 * both alike.
 * @throws Error where an answer is not the story's.
 */
export async function compare(
  name: string,
  urls: EngineUrls,
  assertions: readonly Assertion[],
  rounds: number,
): Promise<Comparison> {
  const pairs = await record(urls, assertions);
  const clients = clientsFor(urls);
  const bare = new BareLoop();
  const ours: Spent[] = [];
  const theirs: Spent[] = [];
  for (let round = 0; round < rounds; round++) {
    const [our, their] = [new Spent(), new Spent()];
    for (let from = 0; from < pairs.length; from += SLICE) {
      const slice = pairs.slice(from, from + SLICE);
      const turns = [
        () => our.on(() => inParallel(slice, WIDTH, ({ assertion }) => assertion.hold(clients))),
        () => their.on(() => inParallel(slice, WIDTH, ({ sent }) => bare.ask(sent))),
      ];
      if ((round + from / SLICE) % 2 === 1) turns.reverse();
      for (const turn of turns) await turn();
    }
    ours.push(our);
    theirs.push(their);
  }
  bare.close();
  const count = assertions.length;
  const wall = (spent: readonly Spent[]): number => median(spent.map(({ wallMs }) => wallMs));
  const cpu = (spent: readonly Spent[]): number => median(spent.map(({ cpuMs }) => cpuMs));
  return {
    name,
    requests: count,
    rounds,
    assertionsPerSecond: (count * 1000) / wall(ours),
    barePerSecond: (count * 1000) / wall(theirs),
    ratio: wall(ours) / wall(theirs),
    cpuMicros: (cpu(ours) * 1000) / count,
    bareCpuMicros: (cpu(theirs) * 1000) / count,
    cpuRatio: cpu(ours) / cpu(theirs),
  };
}

class Spent {
  wallMs = 0;
  cpuMs = 0;

  async on(task: () => Promise<void>): Promise<void> {
    const before = process.cpuUsage();
    this.wallMs += await timed(task);
    const { user, system } = process.cpuUsage(before);
    this.cpuMs += (user + system) / 1000;
  }
}

/** Every assertion once, which also warms up, with the request that it sent. */
async function record(
  urls: EngineUrls,
  assertions: readonly Assertion[],
): Promise<readonly { readonly assertion: Assertion; readonly sent: SentRequest }[]> {
  const pairs: { assertion: Assertion; sent: SentRequest }[] = [];
  await inParallel(assertions, WIDTH, async (assertion) => {
    const sent: SentRequest[] = [];
    await assertion.hold(clientsFor(urls, ({ request }) => sent.push(request)));
    const [only] = sent;
    if (only === undefined || sent.length > 1) throw new Error(`${assertion.query} sent ${sent.length} requests.`);
    pairs.push({ assertion, sent: only });
  });
  return pairs;
}
