import type { ServiceDefinition } from '../../stack/definition/types.ts';

/** False where a Loki is told to take no structured metadata; by default it does since 3.0. */
export function takesStructuredMetadata({ facts }: Pick<ServiceDefinition, 'facts'>): boolean {
  return facts?.features['structured-metadata']?.value !== false;
}

/** The story's lines in a Loki: by what stands beside them, or by the label that names the instance and the run. */
export function storyLines(service: Pick<ServiceDefinition, 'facts'>, runId: string): string {
  return takesStructuredMetadata(service)
    ? `{service_name=~".+"} | run="${runId}" | probe=""`
    : `{service_instance_id=~".+-${runId}", service_name!="telltale-probe"}`;
}
