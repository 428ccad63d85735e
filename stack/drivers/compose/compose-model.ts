import type { StackDefinition } from '../../definition/types.ts';
import { MachineError } from '../types.ts';
import { compose } from './compose-cli.ts';

/** The user's project as compose itself resolves it, as far as the override has to know it. */
export interface ComposeModel {
  readonly services: Readonly<Record<string, ModelService>>;
  readonly networks: Readonly<Record<string, ModelNetwork | null>>;
  readonly volumes: Readonly<Record<string, ModelVolume | null>>;
}

export interface ModelService {
  readonly image?: string;
  readonly build?: { readonly dockerfile_inline?: string };
  readonly command?: readonly string[] | null;
  readonly entrypoint?: readonly string[] | null;
  readonly container_name?: string;
  readonly depends_on?: Readonly<Record<string, ModelDependency>>;
  readonly network_mode?: string;
  readonly pid?: string;
  readonly ipc?: string;
  readonly networks?: Readonly<Record<string, ModelAttachment | null>>;
  readonly ports?: readonly { readonly target: number; readonly protocol?: string }[];
  readonly expose?: readonly string[];
  readonly volumes?: readonly ModelMount[];
  readonly volumes_from?: readonly string[];
  readonly links?: readonly string[];
  readonly external_links?: readonly string[];
  readonly logging?: { readonly driver?: string };
  readonly deploy?: { readonly replicas?: number };
  readonly scale?: number;
}

export interface ModelDependency {
  readonly condition: string;
  readonly required?: boolean;
  readonly restart?: boolean;
}

export interface ModelAttachment {
  readonly aliases?: readonly string[];
  readonly ipv4_address?: string;
  readonly ipv6_address?: string;
}

export interface ModelMount {
  readonly type: string;
  readonly source?: string;
  readonly target: string;
  readonly read_only?: boolean;
  readonly bind?: { readonly create_host_path?: boolean };
}

export interface ModelNetwork {
  readonly external?: boolean;
  readonly internal?: boolean;
  readonly driver_opts?: Readonly<Record<string, string>>;
  readonly ipam?: { readonly config?: readonly { readonly subnet?: string }[] };
}

export interface ModelVolume {
  readonly name?: string;
  readonly external?: boolean;
  readonly driver_opts?: Readonly<Record<string, string>>;
}

/**
 * Asks compose for the resolved project, under the name that it has for the user.
 * @throws MachineError where compose refuses files that Telltale's own reader has taken.
 */
export async function readModel(definition: StackDefinition): Promise<ComposeModel> {
  let printed: string;
  try {
    printed = await compose({ definition, project: definition.name, timeoutMs: 30_000 }, [
      'config',
      '--format',
      'json',
    ]);
  } catch (error) {
    throw new MachineError(`docker compose refuses the files of ${definition.directory}: ${(error as Error).message}`, {
      remedy: 'Run `docker compose config` there, or use the native driver: --driver native.',
      cause: error,
    });
  }
  const { services = {}, networks = {}, volumes = {} } = undouble(JSON.parse(printed)) as Partial<ComposeModel>;
  return { services, networks, volumes };
}

/** `config` prints `$` doubled, so that its output can be read as a compose file again. */
function undouble(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('$$', () => '$');
  if (Array.isArray(value)) return value.map(undouble);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, undouble(inner)]));
}
