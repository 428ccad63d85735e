import type { StackPromise } from '../promise.ts';
import { limitPromises, persistencePromises, retentionPromises } from './data.ts';
import { ingestPromises } from './ingest.ts';
import { alertPromises, datasourcePromises, outputPromises, scrapePromises, sdkPromises } from './routes.ts';
import { securityPromises, servicePromises, tenantPromises } from './services.ts';
import type { StackView } from './stack-view.ts';
import { dashboardPromises, linkPromises, rulePromises } from './ui.ts';

/**
 * Everything that a stack's own files say will hold. A promise is made by whoever relies on it, so that a missing or
 * switched-off enabling key makes a promise broken and never makes it go away.
 */
export function derivePromises(view: StackView): readonly StackPromise[] {
  const pushes = [...outputPromises(view), ...sdkPromises(view)];
  const promises = [
    ...servicePromises(view),
    ...ingestPromises(view, pushes),
    ...pushes,
    ...scrapePromises(view),
    ...datasourcePromises(view),
    ...alertPromises(view),
    ...tenantPromises(view),
    ...retentionPromises(view),
    ...persistencePromises(view),
    ...limitPromises(view),
    ...rulePromises(view),
    ...linkPromises(view),
    ...dashboardPromises(view),
    ...securityPromises(view),
  ];
  return withUniqueIds(promises);
}

function withUniqueIds(promises: readonly StackPromise[]): StackPromise[] {
  const counts = new Map<string, number>();
  return promises.map((promise) => {
    const count = (counts.get(promise.id) ?? 0) + 1;
    counts.set(promise.id, count);
    return count === 1 ? promise : { ...promise, id: `${promise.id}:${count}` };
  });
}
