import type { ServiceDefinition } from '../../stack/definition/types.ts';

/** Images of object stores and queues: without them, an engine that is told to keep its data there cannot work. */
const STORES =
  /minio|localstack|moto|azurite|fake-gcs|seaweedfs|garage|rustfs|ceph|kafka|redpanda|cassandra|consul|etcd/i;

/**
 * Which of the services that do not run in this run a service keeps its data in, as far as its configuration, command
 * or environment names it; undefined for none.
 */
export function leftOutStore(service: ServiceDefinition, leftOut: readonly ServiceDefinition[]): string | undefined {
  if (service.role !== 'logs' && service.role !== 'traces' && service.role !== 'profiles') return undefined;
  const texts = [
    ...(service.facts?.files ?? []).map(({ text }) => text.replaceAll(/(^|\s)#.*$/gm, '')),
    ...[...(service.entrypoint ?? []), ...(service.command ?? [])].map(({ text }) => text),
    ...Object.values(service.environment).map(({ value }) => value ?? ''),
  ];
  return leftOut
    .filter(({ image = '' }) => STORES.test(image))
    .find((store) => namesOf(store).some((name) => texts.some((text) => names(text, name))))?.name;
}

function namesOf({ name, containerName, hostname, networks }: ServiceDefinition): readonly string[] {
  return [name, containerName, hostname, ...Object.values(networks).flat()].filter((one) => one !== undefined);
}

/** As a host with a port, or after a scheme or credentials: a word alone may be a user or a bucket. */
function names(text: string, host: string): boolean {
  const escaped = host.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\w.-])${escaped}:\\d{2,5}\\b|(//|@)${escaped}([/"'\\s.]|$)`, 'm').test(text);
}
