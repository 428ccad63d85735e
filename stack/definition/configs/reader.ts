import type { ConfigFile, EngineFacts } from '../facts.ts';
import type { CommandWord, EngineName, EnvironmentValue, ServiceDefinition } from '../types.ts';

/** A service before its configuration is read. */
export type ServiceShape = Omit<ServiceDefinition, 'facts'>;

/** What a configuration reader may use. Everything is already resolved as the container would see it. */
export interface ReaderContext {
  readonly engine: EngineName;
  readonly service: ServiceShape;
  /** The whole command line: the image's entrypoint and command where the service names none. `argv[0]` is the program. */
  readonly argv: readonly CommandWord[];
  /** The image's environment under the service's. */
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  /** The version of the image tag, else the catalog's default version. */
  readonly version: string;
  /** A file as the container sees it, through its mounts; undefined where nothing is mounted at that path. */
  readFile(containerPath: string): ConfigFile | undefined;
  /** Files directly in a container directory, through its mounts, names sorted; empty where there is none. */
  listDirectory(containerPath: string): readonly string[];
}

/**
 * Reads one engine's configuration. Never throws on the user's input: what cannot be read becomes a finding of
 * severity `error`, and the facts hold what could be read.
 */
export type ConfigReader = (context: ReaderContext) => EngineFacts;
