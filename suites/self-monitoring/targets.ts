import { HttpClient } from '../../helpers/clients/http.ts';
import { parseMetricsText } from '../../helpers/clients/metrics-text.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import type { ActiveTarget } from '../../helpers/clients/prometheus-types.ts';
import { eventually, found, notYet } from '../../helpers/waiting/eventually.ts';
import { isLoopback, parseListenAddress } from '../../stack/definition/configs/shared/addresses.ts';
import type { StackPromise } from '../../stack/definition/promise.ts';
import type { ServiceDefinition, StackDefinition } from '../../stack/definition/types.ts';
import { broken, kept, requirement } from '../requirement.ts';
import type { CheckContext, Outcome, RowTarget } from '../types.ts';

/** A target of a scraper that lists its targets, as its files promise it. */
interface ScrapeTarget extends RowTarget {
  readonly job: string;
  readonly address: string;
  readonly intervalMs: number;
}

/** Every static target of a Prometheus in the stack, one row each. */
export function scrapeTargets(stack: StackDefinition): readonly ScrapeTarget[] {
  return stack.services
    .filter(({ engine }) => engine === 'prometheus')
    .flatMap((service) =>
      (service.facts?.scrapes ?? [])
        .filter(({ discovered }) => !discovered)
        .flatMap(({ job, targets, intervalMs }) =>
          targets.map(({ address }) => ({
            subject: service.name,
            column: targets.length > 1 ? `${job} ${address}` : job,
            service,
            job,
            address,
            intervalMs,
            ...promiseFor(stack, service, address),
          })),
        ),
    );
}

function promiseFor(stack: StackDefinition, service: ServiceDefinition, address: string): { promise?: StackPromise } {
  const promise = stack.promises.find(
    ({ kind, madeBy, says }) => kind === 'route.scrape' && madeBy.service === service.name && says.includes(address),
  );
  return promise ? { promise } : {};
}

/** Discovery is delayed by 5 s; a first look at the targets before that shows none. */
const DISCOVERY_MS = 12_000;

export const targetsAreUp = requirement({
  id: 'SELF-TARGET-01',
  level: 'MUST',
  area: 'self-monitoring',
  title: 'Every target that is configured is scraped and up',
  because: 'a component that nobody watches fails unseen',
  source: 'https://prometheus.io/docs/prometheus/latest/querying/api/#targets',
  promise: 'route.scrape',
  when: 'plain',
  after: 'end',
  targets: scrapeTargets,
  async check(context, target) {
    const { job, address } = target as ScrapeTarget;
    const scraped = scrapedService(context, target.promise);
    if (scraped) {
      const { status, reason } = await context.stack.state(scraped.name);
      if (status === 'left-out' || status === 'missing') {
        return { kind: 'not-applicable', why: `${scraped.name} does not run in this run: ${reason ?? status}` };
      }
    }
    const absent = await absentNeighbour(context, target.service, address);
    if (absent)
      return { kind: 'not-applicable', why: `Perhaps ${absent} listens there, and it does not run in this run.` };
    const client = new PrometheusClient({ ...context.clientOptions(target.service), timeoutMs: 5_000 });
    const seen = await eventually(
      `${address} among the targets of ${target.subject}'s job ${job}`,
      async () => {
        const { active } = await client.targets('active');
        const own = active.find(
          ({ scrapePool, discoveredLabels }) => scrapePool === job && discoveredLabels.__address__ === address,
        );
        return own ? found(own) : notYet(`${active.length} targets, none with that address`);
      },
      { deadlineMs: DISCOVERY_MS, signal: context.signal },
    );
    return judge(context, target as ScrapeTarget, seen, scraped);
  },
});

/**
 * A loopback address in a network that the scraper shares with others: where no engine listens on the port, it is that of
 * a service that this driver does not run, if there is one.
 */
async function absentNeighbour(
  context: CheckContext,
  scraper: ServiceDefinition,
  address: string,
): Promise<string | undefined> {
  const { host, port } = parseListenAddress(address) ?? { host: '', port: 0 };
  if (!isLoopback(host)) return undefined;
  const group = context.definition.services.filter((other) => networkOf(other) === networkOf(scraper));
  if (group.some(({ facts }) => facts?.listeners.some((listener) => listener.port === port))) return undefined;
  for (const { name } of group) {
    const { status } = await context.stack.state(name);
    if (status === 'left-out' || status === 'missing') return name;
  }
  return undefined;
}

function networkOf({ name, networkMode = '' }: ServiceDefinition): string {
  if (networkMode.startsWith('service:')) return networkMode;
  return networkMode === 'host' ? 'host' : `service:${name}`;
}

/** The service of this stack behind the address, as far as the promise says. */
function scrapedService(context: CheckContext, promise: StackPromise | undefined): ServiceDefinition | undefined {
  return context.definition.services.find(({ name }) => name === promise?.subject);
}

/**
 * Health is `unknown` before the first scrape, which comes at a random moment of the interval, and `down` is no news
 * where that scrape came before the target was ready; then what the target shows to Telltale itself decides.
 */
async function judge(
  context: CheckContext,
  target: ScrapeTarget,
  seen: ActiveTarget,
  scraped: ServiceDefinition | undefined,
): Promise<Outcome> {
  if (seen.health === 'up') return kept('scraped and up');
  const readyAfter = context.session.readyAfterMs.get(scraped?.name ?? '');
  const state = scraped ? await context.stack.state(scraped.name) : undefined;
  const readyAt = (state?.startedAt ?? 0) + (readyAfter ?? 0) + 1_000;
  const early = seen.health === 'unknown' || Date.parse(seen.lastScrape) < readyAt;
  if (!early || scraped === undefined) return down(target, seen.lastError || `its health is ${seen.health}`);
  const url = new URL(seen.scrapeUrl);
  const client = new HttpClient({
    ...context.clientOptions(scraped, { port: Number(url.port || 80) }),
    timeoutMs: 5_000,
  });
  const answer = await client.request({ path: `${url.pathname}${url.search}` });
  if (answer.status !== 200) return down(target, `${url.pathname} answers ${answer.status}`);
  // What it federates may come into being only after this short a run.
  if (/\/federate$/.test(url.pathname)) return kept('not yet scraped in this short a run; it answers');
  const families = parseMetricsText(answer.body);
  return families.length > 0
    ? kept(`not yet scraped in this short a run; it shows ${families.length} metrics`)
    : down(target, 'it shows no metric');
}

function down(target: ScrapeTarget, why: string): Outcome {
  return broken({
    message: `${target.subject} scrapes ${target.address} for its job ${target.job}, and it is not up: ${why}.`,
    expected: 'health up',
    got: why,
    remedy: 'Correct host, port, path or scheme of the target, or let it listen there.',
  });
}
