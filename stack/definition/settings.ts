import type { Position } from './position.ts';
import type { EngineName, Role } from './types.ts';

/** What `telltale.yaml` beside the compose file can set. Schema: `schemas/telltale.schema.json`. */
export interface TelltaleSettings {
  /** Path relative to the stack directory; undefined where there is no such file. */
  readonly file?: string;
  readonly composeFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly services: Readonly<Record<string, ServiceSettings>>;
  /** Seconds, by name: `ready.loki`, `visible.logs`. */
  readonly budgets: Readonly<Record<string, number>>;
  readonly caseDirs: readonly string[];
  readonly accept: readonly AcceptedFailure[];
}

export interface ServiceSettings {
  readonly engine?: EngineName;
  readonly version?: string;
  readonly role?: Role;
  /** Named base URLs for `attach`: `http`, `otlp-grpc`, … */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly tenants: readonly string[];
  readonly credentials?: CredentialSettings;
  /** Path of a PEM file, relative to the stack directory. */
  readonly ca?: string;
  /** True: leave this service alone, nothing relies on it. */
  readonly ignore: boolean;
  readonly at: Position;
}

/** Secrets are named, never written: each value is the name of an environment variable. */
export interface CredentialSettings {
  readonly usernameEnv?: string;
  readonly passwordEnv?: string;
  readonly bearerEnv?: string;
}

export interface AcceptedFailure {
  readonly id: string;
  readonly subject?: string;
  readonly column?: string;
  readonly reason: string;
  /** ISO date, inclusive. */
  readonly until: string;
  readonly at: Position;
}
