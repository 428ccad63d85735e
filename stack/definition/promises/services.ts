import type { StackPromise } from '../promise.ts';
import type { ServiceDefinition } from '../types.ts';
import { impossibleHealthCheck } from './health-checks.ts';
import { promiseOf } from './promise-of.ts';
import type { Breakage } from './route.ts';
import { type EngineService, engines, isEngine, type StackView } from './stack-view.ts';

/** Every recognised service promises to run and to take the configuration that it is given. */
export function servicePromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) => {
    const refused = service.facts.findings.find((finding) => finding.severity === 'error');
    const at = service.facts.files[0];
    const place = at?.file === undefined ? service.at : { file: at.file, line: 1, column: 1 };
    return [
      promiseOf({
        kind: 'service.runs',
        key: [service.name],
        subject: service.name,
        says: `${service.name} (${service.engine}${service.version === undefined ? '' : ` ${service.version}`}) starts, stays up and answers`,
        by: service.name,
        at: service.at,
        broken: neverStarts(view, service),
      }),
      promiseOf({
        kind: 'config.accepted',
        key: [service.name],
        subject: service.name,
        says: `${service.engine} accepts the configuration of ${service.name}`,
        by: service.name,
        at: place,
        broken:
          refused === undefined
            ? undefined
            : {
                why: refused.message,
                ...(refused.at === undefined ? {} : { at: refused.at }),
                remedy: refused.remedy,
              },
      }),
    ];
  });
}

/** A dependency that can never become healthy keeps the service from starting. */
function neverStarts(view: StackView, service: ServiceDefinition): Breakage | undefined {
  for (const dependency of service.dependsOn) {
    const on = view.services.find((one) => one.name === dependency.service);
    if (dependency.condition !== 'service_healthy' || !dependency.required || !isEngine(on)) continue;
    const why = neverHealthy(on);
    if (why === undefined) continue;
    return {
      why: `${service.name} waits until ${on.name} is healthy, and ${why}`,
      at: dependency.at,
      remedy: `Give ${on.name} a health check that its image can run, or wait for condition: service_started.`,
    };
  }
  return undefined;
}

function neverHealthy(service: EngineService): string | undefined {
  const { healthcheck, build } = service;
  const none = healthcheck === undefined || healthcheck.disabled || healthcheck.test[0] === 'NONE';
  // An image that is built here may bring a health check of its own; the engines' images have none.
  if (none) return build === undefined ? `${service.name} has no health check` : undefined;
  const impossible = impossibleHealthCheck(service);
  return impossible === undefined ? undefined : `its health check cannot run: ${impossible}`;
}

/** A backend that demands a tenant promises that tenants are kept apart; one promise per tenant that is known. */
export function tenantPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) => {
    const { multiTenant } = service.facts;
    if (multiTenant === undefined) return [];
    const tenants = new Map<string, { by: string; at: StackPromise['madeBy']['at'] }>();
    for (const sender of engines(view)) {
      for (const output of sender.facts.outputs) {
        const { tenant, host } = output.target;
        if (tenant === undefined || host !== service.name) continue;
        for (const one of tenant.split('|'))
          if (!tenants.has(one)) tenants.set(one, { by: sender.name, at: output.at });
      }
    }
    for (const tenant of view.settings.services[service.name]?.tenants ?? []) {
      if (!tenants.has(tenant)) tenants.set(tenant, { by: service.name, at: view.settings.services[service.name]?.at });
    }
    // One tenant's name on data that are not kept apart does no harm; two of them rely on being kept apart.
    if (!multiTenant.value && tenants.size < 2) return [];
    const broken: Breakage | undefined = multiTenant.value
      ? undefined
      : {
          why: `${[...tenants.keys()].join(' and ')} are sent to ${service.name} as tenants, and ${multiTenant.key} is off: all of them see everything`,
          at: multiTenant.at ?? service.at,
          remedy: `Set ${multiTenant.key}: true.`,
        };
    return [...tenants].map(([tenant, { by, at }]) =>
      promiseOf({
        kind: 'tenant',
        key: [service.name, tenant],
        subject: service.name,
        tenant,
        says: `${service.name} keeps the data of tenant ${tenant} apart`,
        by,
        at,
        broken,
      }),
    );
  });
}

/** Receivers and APIs that demand credentials or a tenant promise to refuse who has none. */
export function securityPromises(view: StackView): StackPromise[] {
  return engines(view).flatMap((service) => {
    const guarded = service.facts.listeners.filter((listener) => listener.auth !== undefined && listener.enabled.value);
    const seen = new Set<string>();
    return guarded.flatMap((listener) => {
      const key = `${listener.component}/${listener.protocol}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return [
        promiseOf({
          kind: 'security',
          key: [service.name, listener.component, listener.protocol],
          subject: service.name,
          column: listener.protocol,
          says: `${service.name} refuses callers of ${listener.component} without ${listener.auth?.kind} credentials`,
          by: service.name,
          at: listener.auth?.at ?? listener.at,
        }),
      ];
    });
  });
}
