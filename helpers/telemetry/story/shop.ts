import type { Attributes, Resource, Scope } from '../types.ts';

/** The processes of the shop. `database` is one that writes logs and metrics but no spans of its own. */
export const SERVICES = ['browser', 'frontend', 'api', 'payment', 'database', 'worker', 'batch'] as const;
export type Service = (typeof SERVICES)[number];

export const NAMESPACE = 'shop';
export const ENVIRONMENT = 'telltale';

const VERSIONS: Readonly<Record<Service, string>> = {
  browser: '2.0.1',
  frontend: '2.0.1',
  api: '1.4.0',
  payment: '1.4.0',
  database: '16.2.0',
  worker: '1.4.0',
  batch: '1.3.9',
};

/** What identifies a process, by OpenTelemetry's semantic conventions; the run id is in the instance and by itself. */
export function resourceOf(serviceName: string, runId: string, version: string): Resource {
  return {
    serviceName,
    attributes: {
      'service.name': serviceName,
      'service.namespace': NAMESPACE,
      'service.instance.id': `${serviceName}-${runId}`,
      'service.version': version,
      'deployment.environment': ENVIRONMENT,
      'telltale.run': runId,
    },
  };
}

export function shopResources(runId: string): readonly Resource[] {
  return SERVICES.map((service) => resourceOf(service, runId, VERSIONS[service]));
}

export function scopeOf(service: string): Scope {
  return { name: `shop.${service}`, version: '1.0.0' };
}

/** Scope attributes for the one library that has them, so that TraceQL's instrumentation scope has something to find. */
export const DB_SCOPE: Scope = { name: 'shop.db', version: '3.2.1', attributes: { driver: 'pg' } };

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly price: number;
}

export const PRODUCTS: readonly Product[] = [
  { id: 'p-1', name: 'Anchor', price: 19.5 },
  { id: 'p-2', name: 'Compass', price: 42.25 },
  { id: 'p-3', name: 'Lantern', price: 7 },
  { id: 'p-4', name: 'Rope', price: 3.75 },
  { id: 'p-5', name: 'Sextant – brass', price: 199.125 },
];

/** Ten users; the last characters tell them apart, so that a regular expression can choose some. */
export function userOf(index: number): string {
  return `user-${String(index % 10).padStart(2, '0')}`;
}

export function requestOf(index: number): string {
  return `req-${String(index).padStart(6, '0')}`;
}

/** The attributes that every record of a run carries. */
export function ofRun(runId: string, attributes: Attributes): Attributes {
  return { run: runId, ...attributes };
}
