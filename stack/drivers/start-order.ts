import type { ServiceDefinition } from '../definition/types.ts';

/** Services with those they depend on before them, the file's order otherwise; cycles were refused by the reader. */
export function startOrder(services: readonly ServiceDefinition[]): readonly ServiceDefinition[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const ordered = new Set<ServiceDefinition>();
  const visit = (service: ServiceDefinition, path: ReadonlySet<string>): void => {
    if (ordered.has(service) || path.has(service.name)) return;
    const deeper = new Set(path).add(service.name);
    for (const dependency of service.dependsOn) {
      const other = byName.get(dependency.service);
      if (other) visit(other, deeper);
    }
    ordered.add(service);
  };
  for (const service of services) visit(service, new Set());
  return [...ordered];
}

/** The named services and everything that they depend on; all where no name is given. */
export function selectServices(
  services: readonly ServiceDefinition[],
  names?: readonly string[],
): readonly ServiceDefinition[] {
  if (names === undefined) return services;
  const byName = new Map(services.map((service) => [service.name, service]));
  const selected = new Set<string>();
  const visit = (name: string): void => {
    const service = byName.get(name);
    if (service === undefined || selected.has(name)) return;
    selected.add(name);
    for (const dependency of service.dependsOn) visit(dependency.service);
  };
  for (const name of names) visit(name);
  return services.filter((service) => selected.has(service.name));
}
