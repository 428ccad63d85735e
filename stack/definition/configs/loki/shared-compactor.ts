import type { EngineFacts } from '../../facts.ts';
import type { ServiceDefinition } from '../../types.ts';

/**
 * Loki in several processes: those that run no compactor leave deletion to the one that does, so where there is one in
 * the stack, the others lack nothing.
 */
export function withDeletionByOne(services: readonly ServiceDefinition[]): ServiceDefinition[] {
  const compacts = (facts: EngineFacts | undefined): boolean =>
    facts?.retention.some(({ enablers }) => enablers.length > 0 && !enablers.some(isMissingTarget)) === true;
  const someoneCompacts = services.some(({ engine, facts }) => engine === 'loki' && compacts(facts));
  if (!someoneCompacts) return [...services];
  return services.map((service) => {
    const { engine, facts } = service;
    if (engine !== 'loki' || facts === undefined) return service;
    const retention = facts.retention.map((fact) => ({
      ...fact,
      enablers: fact.enablers.filter((enabler) => !isMissingTarget(enabler)),
    }));
    return { ...service, facts: { ...facts, retention } };
  });
}

function isMissingTarget({ setting, satisfied }: EngineFacts['retention'][number]['enablers'][number]): boolean {
  return !satisfied && setting.key.replace(/^-+/, '') === 'target';
}
