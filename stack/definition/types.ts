import type { EngineFacts } from './facts.ts';
import type { Finding, Position } from './position.ts';
import type { StackPromise } from './promise.ts';
import type { TelltaleSettings } from './settings.ts';

/** The software behind a service. */
export type EngineName =
  | 'prometheus'
  | 'loki'
  | 'tempo'
  | 'alloy'
  | 'otelcol'
  | 'grafana'
  | 'pyroscope'
  | 'pushgateway'
  | 'alertmanager';

/** What an engine does in a stack. */
export type Role = 'gateway' | 'metrics' | 'logs' | 'traces' | 'profiles' | 'ui' | 'push' | 'alerts';

/** The signals of OpenTelemetry that a stack can carry. */
export type Signal = 'metrics' | 'logs' | 'traces' | 'profiles';

/** A directory with a compose file and the configurations that it mounts, read and resolved. */
export interface StackDefinition {
  /** Absolute path. */
  readonly directory: string;
  /** Compose project name. */
  readonly name: string;
  /** The compose files read, relative to `directory`, in the order of merging. */
  readonly composeFiles: readonly string[];
  /** Profiles that were switched on. */
  readonly profiles: readonly string[];
  /** Services of the active profiles, in file order. */
  readonly services: readonly ServiceDefinition[];
  readonly networks: Readonly<Record<string, NetworkDefinition>>;
  readonly volumes: Readonly<Record<string, VolumeDefinition>>;
  readonly promises: readonly StackPromise[];
  /** What the files alone show to be wrong. */
  readonly findings: readonly Finding[];
  /** What `telltale.yaml` sets; empty settings where there is none. */
  readonly settings: TelltaleSettings;
}

export interface NetworkDefinition {
  readonly name: string;
  readonly external: boolean;
  readonly internal: boolean;
  readonly at?: Position;
}

export interface VolumeDefinition {
  /** The key under `volumes:`. */
  readonly key: string;
  /** The name that the container engine knows: `name:` where given, else project and key. */
  readonly name: string;
  readonly external: boolean;
  /** Bind-like local driver options (`o: bind`, `device: /srv/data`) name a directory of the host. */
  readonly device?: string;
  readonly at?: Position;
}

/** One service of the compose file, interpolated, extended and merged, with what was recognised behind it. */
export interface ServiceDefinition {
  readonly name: string;
  readonly at: Position;
  readonly image?: string;
  readonly imageAt?: Position;
  readonly build?: BuildDefinition;
  readonly containerName?: string;
  readonly hostname?: string;
  /** Undefined: the image's own. An empty list clears it. */
  readonly entrypoint?: readonly CommandWord[];
  /** Undefined: the image's own. */
  readonly command?: readonly CommandWord[];
  /** Values after interpolation; `env_file` and `environment` merged. Null: taken from the host, unset there. */
  readonly environment: Readonly<Record<string, EnvironmentValue>>;
  readonly mounts: readonly Mount[];
  readonly ports: readonly PublishedPort[];
  /** Container ports that are exposed to other services only. */
  readonly expose: readonly number[];
  /** Network key → aliases besides the service name. Empty with `network_mode`. */
  readonly networks: Readonly<Record<string, readonly string[]>>;
  /** `host`, `none`, `service:NAME`. */
  readonly networkMode?: string;
  readonly extraHosts: readonly string[];
  readonly dependsOn: readonly Dependency[];
  readonly restart: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  readonly restartMaxRetries?: number;
  /** `uid`, `uid:gid` or a name, as written. */
  readonly user?: string;
  readonly workingDir?: string;
  readonly healthcheck?: Healthcheck;
  readonly stopGracePeriodMs?: number;
  readonly stopSignal?: string;
  readonly readOnly: boolean;
  readonly replicas: number;
  readonly memoryLimitBytes?: number;

  /** Undefined: not recognised. */
  readonly engine?: EngineName;
  /** From the image tag: `3.7.8`; `latest` and digests give undefined. */
  readonly version?: string;
  readonly role?: Role;
  /** Why engine and role were concluded, one short sentence each. */
  readonly recognisedBy: readonly string[];
  /** What the engine's resolved configuration says; undefined where the engine is not recognised. */
  readonly facts?: EngineFacts;
}

export interface BuildDefinition {
  /** Absolute path of the build context. */
  readonly context: string;
  readonly dockerfile?: string;
  readonly dockerfileInline?: string;
  readonly target?: string;
  readonly args: Readonly<Record<string, string>>;
  readonly at: Position;
}

export interface CommandWord {
  readonly text: string;
  readonly at: Position;
}

export interface EnvironmentValue {
  readonly value: string | null;
  readonly at: Position;
}

export type Mount =
  | {
      readonly kind: 'bind';
      readonly source: string;
      readonly target: string;
      readonly readOnly: boolean;
      readonly createHostPath: boolean;
      readonly at: Position;
    }
  | {
      readonly kind: 'volume';
      readonly volume?: string;
      readonly target: string;
      readonly readOnly: boolean;
      readonly subpath?: string;
      readonly at: Position;
    }
  | { readonly kind: 'tmpfs'; readonly target: string; readonly sizeBytes?: number; readonly at: Position }
  /** `configs:` and `secrets:`: a file with this content (inline) or this source file. */
  | {
      readonly kind: 'config' | 'secret';
      readonly name: string;
      readonly target: string;
      readonly content?: string;
      /** Where inline content stands: its `|`, or its first character; also for files that are included. */
      readonly contentAt?: Position;
      readonly source?: string;
      readonly mode?: number;
      readonly uid?: string;
      readonly gid?: string;
      readonly at: Position;
    };

export interface PublishedPort {
  /** `127.0.0.1`, or empty for all addresses. */
  readonly hostIp: string;
  /** Undefined: chosen by the container engine. */
  readonly published?: number;
  readonly target: number;
  readonly protocol: 'tcp' | 'udp';
  readonly at: Position;
}

export interface Dependency {
  readonly service: string;
  readonly condition: 'service_started' | 'service_healthy' | 'service_completed_successfully';
  readonly required: boolean;
  readonly at: Position;
}

export interface Healthcheck {
  /** `['CMD', …]`, `['CMD-SHELL', …]`, `['NONE']`. */
  readonly test: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
  readonly disabled: boolean;
  readonly at: Position;
}
