import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect as connectTo } from 'node:net';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import type { ContainerRuntimeClient } from 'testcontainers';
import { MachineError } from '../types.ts';

export type Docker = ContainerRuntimeClient['container']['dockerode'];

/** A container engine that answers. */
export interface ContainerEngine {
  readonly docker: Docker;
  /** Where published ports are reached. */
  readonly host: string;
  /** True: its containers are processes of this very machine. */
  readonly local: boolean;
  readonly serverVersion: string;
}

const NO_ENGINE = 'No container engine answers on this machine.';
const ENGINE_REMEDY = 'Install and start Docker (or set DOCKER_HOST), or use the native driver: --driver native.';

let connected: Promise<ContainerEngine> | undefined;

/**
 * The container engine that Testcontainers finds. Testcontainers itself is loaded only where there is a sign of one.
 * @throws MachineError where none answers.
 */
export function connectEngine(): Promise<ContainerEngine> {
  connected ??= connect().catch((error: unknown) => {
    connected = undefined;
    throw error;
  });
  return connected;
}

async function connect(): Promise<ContainerEngine> {
  if (!signOfEngine()) throw new MachineError(NO_ENGINE, { remedy: ENGINE_REMEDY });
  await demandNamedEngine();
  const local = await isLocal();
  // A `.dockerenv` at the root makes Testcontainers look for the engine's host at the container's gateway. Where the
  // engine says that this very machine is its host, that is wrong.
  if (local) process.env.TESTCONTAINERS_HOST_OVERRIDE ??= 'localhost';
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    const { container, info } = await getContainerRuntimeClient();
    const { host, serverVersion } = info.containerRuntime;
    // Ports are published on 127.0.0.1 only, and `localhost` may mean ::1 first.
    const reached = host === 'localhost' ? '127.0.0.1' : host;
    return { docker: container.dockerode, host: reached, local, serverVersion: String(serverVersion) };
  } catch (error) {
    throw new MachineError(NO_ENGINE, { remedy: ENGINE_REMEDY, cause: error });
  }
}

const DEFAULT_SOCKET = '/var/run/docker.sock';

function signOfEngine(): boolean {
  const { DOCKER_HOST, TESTCONTAINERS_HOST_OVERRIDE, XDG_RUNTIME_DIR = '' } = process.env;
  if (DOCKER_HOST || TESTCONTAINERS_HOST_OVERRIDE || process.platform === 'win32') return true;
  const home = homedir();
  return [
    DEFAULT_SOCKET,
    join(XDG_RUNTIME_DIR, 'docker.sock'),
    join(home, '.docker/run/docker.sock'),
    join(home, '.docker/desktop/docker.sock'),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
    join(home, '.testcontainers.properties'),
  ].some((path) => existsSync(path));
}

/**
 * Testcontainers quietly goes on to the default socket where nothing answers at `DOCKER_HOST`; the compose CLI does
 * not, and the user meant the one that was named.
 */
async function demandNamedEngine(): Promise<void> {
  const named = process.env.DOCKER_HOST;
  const match = /^(?:unix:\/\/(.+)|(?:tcp|https?):\/\/\[?([^/\]]+?)\]?:(\d+)\/?)$/.exec(named ?? '');
  if (match === null) return;
  const [, path, host, port] = match;
  const refusal = await new Promise<string | undefined>((resolve) => {
    const socket = path === undefined ? connectTo({ host, port: Number(port) }) : connectTo({ path });
    socket.setTimeout(5000, () => socket.destroy(new Error('no answer within 5 s')));
    socket.once('error', (error) => resolve(error.message));
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
  if (refusal === undefined) return;
  throw new MachineError(`No container engine answers at DOCKER_HOST=${named}: ${refusal}.`, {
    remedy: `Start it there, or unset DOCKER_HOST; or use the native driver: --driver native.`,
  });
}

/** Whether the engine behind the local socket calls this machine its own. */
function isLocal(): Promise<boolean> {
  const asked = process.env.DOCKER_HOST ?? `unix://${DEFAULT_SOCKET}`;
  if (process.platform !== 'linux' || !asked.startsWith('unix://')) return Promise.resolve(false);
  return new Promise((resolve) => {
    const asking = request({ socketPath: asked.slice('unix://'.length), path: '/info', timeout: 5000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => {
        try {
          resolve((JSON.parse(body) as { Name?: string }).Name === hostname());
        } catch {
          resolve(false);
        }
      });
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve(false));
    asking.end();
  });
}
