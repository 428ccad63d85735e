import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
  stop(): Promise<void>;
}

/** An HTTP server on loopback that answers as the handler says: for answers that no real engine can be made to give. */
export function startFakeServer(
  answer: (response: ServerResponse, request: IncomingMessage, body: string) => void,
): Promise<FakeServer> {
  const requests: FakeServer['requests'][number][] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      answer(response, request, body);
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      const stop = (): Promise<void> =>
        new Promise((stopped) => {
          server.close(() => stopped());
          server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}`, port, requests, stop });
    });
  });
}
