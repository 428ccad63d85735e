import type { EngineName, Role } from '../definition/types.ts';

/**
 * What `catalog.yaml` says of one engine. The same entry serves the native driver (which has no image) and
 * `telltale engines image` (which makes one).
 */
export interface CatalogEntry {
  readonly engine: EngineName;
  readonly role: Role;
  readonly recognise: {
    /** Image repository endings without registry and tag: `grafana/loki`, `prom/prometheus`. */
    readonly images: readonly string[];
    /** Program names in command or entrypoint. */
    readonly programs: readonly string[];
    /** File names that a service of this engine mounts as its configuration. */
    readonly configFiles: readonly string[];
    /** Container ports that only this engine uses by default. */
    readonly ports: readonly number[];
  };
  readonly image: ImageDefaults;
  /** Where other repositories, tags or older versions differ from `image`; see `imageDefaults` in catalog.ts. */
  readonly imageVariants?: readonly ImageVariant[];
  /** Newest last. The first is the oldest that Telltale supports. */
  readonly versions: readonly string[];
  readonly defaultVersion: string;
  readonly binary: string;
  /** Programs that come along: `promtool`, `amtool`. */
  readonly companions: readonly string[];
  /** How to ask a binary for its version. */
  readonly versionArgs: readonly string[];
  /** What of this engine answers a readiness probe. */
  readonly ready: { readonly path: string; readonly port: number };
  readonly source: EngineSource;
}

/** What the official image has: for services that name no command, user or working directory. */
export interface ImageDefaults {
  readonly repository: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  readonly volumes: readonly string[];
  /** Directories in the image with owner (uid:gid): a new named volume takes the owner of the one at its path. */
  readonly directories: readonly { readonly path: string; readonly owner: string }[];
  readonly defaultConfig?: { readonly path: string; readonly content: string };
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute path of the binary in the image. */
  readonly binaryPath: string;
  /** Whether a shell and wget are there, for health checks. */
  readonly shell: boolean;
  /** Programs that a health check can use: `sh`, `wget`, `bash`, `curl`. */
  readonly programs?: readonly string[];
  readonly ports: readonly number[];
}

/** What differs from an entry's `image`, and for which images. All the conditions named must hold. */
export interface ImageVariant {
  /** Endings of the image repository. */
  readonly images?: readonly string[];
  /** Endings of the tag: `-distroless`. */
  readonly tagEndings?: readonly string[];
  /** Versions before this one. */
  readonly before?: string;
  readonly image: Partial<ImageDefaults>;
}

export interface EngineSource {
  /** Release archives by version, checksum verified. Absent: none published in a way that can be verified. */
  readonly release?: { readonly url: string; readonly checksums: string; readonly member: string };
  readonly goModule?: {
    readonly module: string;
    /** `v{version}`, or `v0.{major}{minor}…` for modules with their own numbering; see `store/module-version.ts`. */
    readonly version: string;
    readonly packages: readonly string[];
    readonly tags: readonly string[];
    readonly ldflags: string;
    /** Repeat the module's own `replace` and `exclude` lines in the build's go.mod. */
    readonly copyReplace: boolean;
    /** Files that the published module lacks and does not compile without: path in the module → content. */
    readonly files?: Readonly<Record<string, string>>;
  };
  /** A Collector is generated with the components that a configuration names. */
  readonly collectorBuilder?: {
    readonly version: string;
    /** `receiver/otlp` → Go module. Two keys with one module are two names of one component. */
    readonly components: Readonly<Record<string, string>>;
    /** Components built in besides those asked, as far as the module proxy serves them. */
    readonly defaults?: readonly string[];
  };
  /** Said where none of the above can help. */
  readonly byHand: string;
}

/** An engine's binary, ready to run. */
export interface EngineBinary {
  readonly engine: EngineName;
  /** As the binary itself says. */
  readonly version: string;
  /** The version asked for, where another patch of the same minor was taken. */
  readonly asked?: string;
  readonly path: string;
  /** Companion programs that were found, by name. */
  readonly companions: Readonly<Record<string, string>>;
  readonly source: 'explicit' | 'PATH' | 'cache' | 'release' | 'go-module' | 'collector-builder';
}

export interface MissingEngine {
  readonly engine: EngineName;
  readonly asked: string;
  /** Each step tried, and why it went on, as sentences. */
  readonly tried: readonly string[];
  /** The command that brings it. */
  readonly remedy: string;
}
