import type { ComposeService } from '../compose/service.ts';
import type { Position } from '../position.ts';
import type { ServiceDefinition, Signal, StackDefinition } from '../types.ts';

/** A stack whose configurations are read and whose promises are not yet derived. */
export interface StackView extends Omit<StackDefinition, 'promises'> {
  /**
   * Services of profiles that are off. Read at the first call: only a name that leads nowhere, or a volume that nobody
   * mounts, asks for them.
   */
  inactiveServices(): readonly ComposeService[];
  /** Keys under the top-level `volumes:`, mounted or not; compose itself drops those that nobody mounts. */
  declaredVolumes(): Readonly<Record<string, Position>>;
  /** The compose files as they are written: for what the definition has no place for, such as logging drivers. */
  composeText(): string;
  /** What the services are that are none of our engines, by service name: `nginx`. */
  readonly others: Readonly<Record<string, string>>;
}

/** Services that are recognised and whose configuration was read. */
export function engines(view: StackView): readonly EngineService[] {
  return view.services.filter((service): service is EngineService => service.facts !== undefined);
}

export type EngineService = ServiceDefinition & Required<Pick<ServiceDefinition, 'engine' | 'facts'>>;

export function isEngine(service: ServiceDefinition | undefined): service is EngineService {
  return service?.facts !== undefined;
}

/** Services that store a signal. */
export function backendsOf(view: StackView, signal: Signal): readonly EngineService[] {
  return engines(view).filter((service) => service.role === signal);
}
