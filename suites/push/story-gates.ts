import { LokiClient } from '../../helpers/clients/loki.ts';
import { PrometheusClient } from '../../helpers/clients/prometheus.ts';
import { TempoClient } from '../../helpers/clients/tempo.ts';
import { countOf } from '../../helpers/telemetry/payload.ts';
import { expectedSeries } from '../../helpers/telemetry/story/expected.ts';
import type { Gate } from '../../helpers/waiting/settle-gate.ts';
import { clientOptionsFor } from '../access.ts';
import type { Session } from '../session.ts';
import type { StoryPush } from './story-push.ts';
import { storyLines } from './structured-metadata.ts';

const WINDOW = '20m';

/** Counts what of the story is visible in the backend that it was pushed to. */
export function storyGate(session: Session, { route, payload }: StoryPush): Gate {
  const options = () => clientOptionsFor(session, route.service);
  const base = { signal: route.signal, route: `the story by ${route.column} to ${route.subject}` };
  const run = session.runId;
  switch (payload.signal) {
    case 'metrics': {
      const expected = expectedSeries({ ...payload, logs: [], spans: [] }, { targetInfo: false }).length;
      return {
        ...base,
        unit: 'series',
        expected,
        count: async (signal) => {
          const query = `count(last_over_time({run="${run}",probe=""}[${WINDOW}]))`;
          const { result } = await new PrometheusClient(options()).query(query, { signal });
          const value = result.type === 'vector' ? result.rows[0]?.value : undefined;
          return typeof value === 'number' ? value : 0;
        },
      };
    }
    case 'logs':
      return {
        ...base,
        unit: 'lines',
        expected: countOf(payload),
        count: async (signal) => {
          const query = `sum(count_over_time(${storyLines(route.service, run)} [${WINDOW}]))`;
          const { result } = await new LokiClient(options()).query(query, { signal });
          const value = result.type === 'vector' ? result.rows[0]?.value : undefined;
          return typeof value === 'number' ? value : 0;
        },
      };
    case 'traces': {
      const ids = [...new Set(payload.spans.map(({ traceId }) => traceId))];
      return {
        ...base,
        unit: 'spans',
        expected: countOf(payload),
        count: async (signal) => {
          const client = new TempoClient(options());
          const traces = await Promise.all(ids.map((id) => client.trace(id, { signal })));
          return traces.reduce((sum, trace) => sum + (trace?.spans.length ?? 0), 0);
        },
      };
    }
  }
}
