import type { RelabelRule } from './configs/shared/relabel.ts';
import type { Finding, Position, Setting } from './position.ts';
import type { EngineName, Signal } from './types.ts';

/**
 * What one engine's resolved configuration says (image defaults, file, flags and environment together),
 * in terms that are the same for all engines. Readers in `configs/` produce it; promises, `check` and the
 * suites consume it, and nothing else of the configuration.
 */
export interface EngineFacts {
  readonly engine: EngineName;
  /** The files that make up the configuration, in the order read. */
  readonly files: readonly ConfigFile[];
  /** What it accepts and answers, switched on or off. */
  readonly listeners: readonly Listener[];
  /** What it sends to, asks or scrapes. */
  readonly outputs: readonly Output[];
  /** Gateways: which signal goes from where to where, and through what. */
  readonly pipelines: readonly Pipeline[];
  readonly scrapes: readonly ScrapeJob[];
  readonly rules: readonly RuleGroup[];
  readonly retention: readonly RetentionFact[];
  readonly limits: readonly LimitFact[];
  /** Directories in the container that hold data which is meant to survive. */
  readonly storage: readonly StoragePath[];
  /** True: a tenant header is demanded. */
  readonly multiTenant?: Setting<boolean>;
  /** Switchable features by stable name: see `FeatureName`. A feature that this engine has appears, on or off. */
  readonly features: Readonly<Partial<Record<FeatureName, Setting<boolean>>>>;
  /** How its own administrator logs in, where the files say so: Grafana. */
  readonly admin?: CredentialSource;
  readonly datasources: readonly Datasource[];
  readonly dashboards: readonly Dashboard[];
  /** Keys that this engine refuses, references that lead nowhere, and the like. */
  readonly findings: readonly Finding[];
  /** Other values worth showing or comparing, by the engine's own key: `schema_config.configs.0.schema`. */
  readonly settings: Readonly<Record<string, Setting<string | number | boolean | null>>>;
}

export interface ConfigFile {
  /** As the engine knows it. */
  readonly containerPath: string;
  /** Relative to the stack directory; undefined for inline content or an image's own file. */
  readonly file?: string;
  readonly text: string;
}

export type Protocol =
  | 'otlp-grpc'
  | 'otlp-http'
  | 'loki-push'
  | 'prometheus-remote-write'
  | 'prometheus-scrape'
  | 'pushgateway'
  | 'pyroscope-push'
  | 'zipkin'
  | 'jaeger-grpc'
  | 'jaeger-thrift-http'
  | 'syslog'
  | 'alertmanager-api'
  | 'http-api'
  | 'grpc-api';

export interface Listener {
  /** The component as the configuration names it: `otlp/in`, `otelcol.receiver.otlp.default`, `http`. */
  readonly component: string;
  readonly protocol: Protocol;
  /** The address bound: empty or `0.0.0.0` for all, `127.0.0.1`/`localhost` for the container's loopback only. */
  readonly host: string;
  readonly port: number;
  /** Path prefix of the API or the full path of the receiver: `/otlp/v1/logs`, `/api/v1/write`. */
  readonly path?: string;
  readonly tls: boolean;
  readonly clientCertificateRequired?: boolean;
  /** Signals that can come in here. Empty for an API that only answers. */
  readonly signals: readonly Signal[];
  /** False: the path exists but the engine refuses, because a flag or key is missing or off. */
  readonly enabled: Setting<boolean>;
  /** Present: callers must authenticate. */
  readonly auth?: AuthDemand;
  readonly at?: Position;
}

export interface AuthDemand {
  readonly kind: 'basic' | 'bearer' | 'mtls' | 'other';
  readonly at?: Position;
}

export interface Output {
  readonly component: string;
  readonly purpose: 'push' | 'query' | 'scrape' | 'alert' | 'rule-write';
  readonly protocol: Protocol;
  readonly signals: readonly Signal[];
  readonly target: Target;
  readonly at: Position;
}

/** A remote end as the configuration writes it, taken apart. */
export interface Target {
  /** As written, secrets masked. */
  readonly written: string;
  readonly scheme: 'http' | 'https' | 'grpc' | 'grpcs' | 'none';
  readonly host: string;
  readonly port: number;
  /** Full path that is really requested: exporters that append `/v1/logs` have it appended. */
  readonly path: string;
  readonly tlsInsecure?: boolean;
  readonly tlsSkipVerify?: boolean;
  readonly caFile?: string;
  /** `X-Scope-OrgID` and its like, where the sender sets it. */
  readonly tenant?: string;
  /** Header names only; values stay secret. */
  readonly headers: readonly string[];
  readonly auth?: CredentialSource;
}

/** Where a credential is to be had; the value itself never travels in a definition. */
export interface CredentialSource {
  readonly kind: 'basic' | 'bearer' | 'header';
  readonly username?: string;
  readonly header?: string;
  /** Reads the secret, at the moment it is used. Undefined: not to be had from the stack's own files. */
  readonly secret?: () => string | undefined;
  readonly at?: Position;
}

/** One way of one signal through a gateway. */
export interface Pipeline {
  readonly id: string;
  readonly signal: Signal;
  /** `Listener.component`s and scrape components that feed it. */
  readonly receivers: readonly string[];
  readonly processors: readonly Processor[];
  /** `Output.component`s that it ends in. */
  readonly exporters: readonly string[];
  readonly at: Position;
}

export interface Processor {
  readonly component: string;
  readonly type: string;
  readonly at: Position;
  /** What it does to the data, in as far as it can be computed. Empty: nothing that a query would notice. */
  readonly effects: readonly Effect[];
}

export type Effect =
  | {
      readonly kind: 'set-attribute';
      readonly scope: AttributeScope;
      readonly key: string;
      readonly value: string;
      readonly mode: 'insert' | 'update' | 'upsert';
    }
  | { readonly kind: 'delete-attribute'; readonly scope: AttributeScope; readonly key: string }
  | { readonly kind: 'rename-attribute'; readonly scope: AttributeScope; readonly from: string; readonly to: string }
  | { readonly kind: 'rename-metric'; readonly from: string; readonly to: string }
  | { readonly kind: 'promote-label'; readonly attributes: readonly string[] }
  | { readonly kind: 'sample'; readonly ratio?: number }
  | { readonly kind: 'drop'; readonly what: string }
  | { readonly kind: 'redact'; readonly what: string }
  /** Derives another signal: span metrics, service graph. `into` is the metric namespace or prefix where known. */
  | { readonly kind: 'derive'; readonly from: Signal; readonly to: Signal; readonly into?: string }
  /** Changes data in a way that is not computed: comparisons go by count and identity, and the row says so. */
  | { readonly kind: 'unknown'; readonly why: string };

export type AttributeScope = 'resource' | 'scope' | 'span' | 'log' | 'datapoint' | 'any';

export interface ScrapeJob {
  readonly job: string;
  readonly targets: readonly { readonly address: string; readonly at: Position }[];
  readonly metricsPath: string;
  readonly scheme: 'http' | 'https';
  readonly intervalMs: number;
  readonly honorLabels: boolean;
  /** Discovery that is not static: targets cannot be told from the files. */
  readonly discovered: boolean;
  /** What is done to every sample after the scrape; absent where nothing is. */
  readonly metricRelabel?: readonly RelabelRule[];
  /** `sample_limit`, `label_limit`, `body_size_limit` and their like: beyond them the whole scrape fails. */
  readonly scrapeLimits?: readonly Setting<number>[];
  readonly at: Position;
}

export interface RuleGroup {
  readonly name: string;
  readonly intervalMs?: number;
  readonly rules: readonly Rule[];
  readonly at: Position;
}

export interface Rule {
  readonly kind: 'alert' | 'record';
  readonly name: string;
  readonly expr: string;
  readonly forMs?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly at: Position;
  /** Where `expr` stands, in the engine's own rule files. */
  readonly exprAt?: Position;
}

export interface RetentionFact {
  readonly signal: Signal;
  /** Age after which data go, in milliseconds; undefined for a promise by size. 0: for ever. */
  readonly period?: Setting<number>;
  readonly sizeBytes?: Setting<number>;
  readonly tenant?: string;
  /** Label selector of a per-stream rule. */
  readonly selector?: string;
  /** Everything that must be on for the deletion to happen, with its value in force. */
  readonly enablers: readonly {
    readonly setting: Setting<string | number | boolean | null>;
    readonly satisfied: boolean;
    readonly remedy: string;
  }[];
}

export interface LimitFact {
  /** The engine's own key: `limits_config.max_line_size`. */
  readonly key: string;
  readonly setting: Setting<number>;
  readonly unit: 'bytes' | 'bytes/s' | 'count' | 'ms' | 'count/s';
  readonly tenant?: string;
}

export interface StoragePath {
  readonly path: string;
  readonly what: string;
  readonly at?: Position;
}

/** Features that a stack may rightly have on or off, and that checks and query cases may need. */
export type FeatureName =
  | 'otlp-receiver'
  | 'remote-write-receiver'
  | 'exemplar-storage'
  | 'native-histograms'
  | 'out-of-order'
  | 'promql-experimental-functions'
  | 'admin-api'
  | 'lifecycle-api'
  | 'volume'
  | 'structured-metadata'
  | 'pattern-ingester'
  | 'ruler'
  | 'retention-delete-api'
  | 'metrics-generator'
  | 'span-metrics'
  | 'service-graphs'
  | 'local-blocks'
  | 'usage-reporting'
  | 'anonymous-access';

export interface Datasource {
  readonly name: string;
  readonly uid?: string;
  readonly type: string;
  readonly url: string;
  readonly isDefault: boolean;
  readonly links: readonly DatasourceLink[];
  readonly at: Position;
}

/** One configured way from a signal to another: derived field, traces to logs, exemplar destination, … */
export interface DatasourceLink {
  readonly kind:
    | 'derived-field'
    | 'traces-to-logs'
    | 'traces-to-metrics'
    | 'traces-to-profiles'
    | 'exemplar-destination'
    | 'service-map'
    | 'node-graph';
  readonly targetUid?: string;
  /** Label, attribute or regular expression that the link follows. */
  readonly key?: string;
  readonly query?: string;
  readonly at: Position;
}

export interface Dashboard {
  readonly uid?: string;
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly datasourceUid?: string;
    readonly exprs: readonly string[];
    readonly at: Position;
  }[];
  readonly file: string;
}
