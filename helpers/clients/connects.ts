import { connect } from 'node:net';

/** Undefined where a TCP connection is taken within `timeoutMs`, else why not, as a clause. */
export function connects(
  { host, port }: { readonly host: string; readonly port: number },
  timeoutMs: number,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (why: string | undefined) => {
      socket.destroy();
      resolve(why);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end(`no connection to ${host}:${port} in ${timeoutMs} ms`));
    socket.once('error', (error: NodeJS.ErrnoException) => end(`${host}:${port} ${error.code ?? error.message}`));
  });
}
