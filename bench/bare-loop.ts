import { Agent, request } from 'node:http';
import type { SentRequest } from '../helpers/clients/http-types.ts';

/**
 * What Node's own HTTP costs at least: one kept-alive agent, the body read to its end and thrown away, no deadline, no
 * decoding, no error handling to speak of. The measure for what the clients add.
 */
export class BareLoop {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  /** Rejects where no answer came or the status is not 200. */
  ask = (sent: SentRequest): Promise<void> =>
    new Promise((resolve, reject) => {
      const options = { agent: this.#agent, method: sent.method, headers: sent.headers };
      const asked = request(sent.url, options, (answer) => {
        answer.on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`${sent.url} answered ${answer.statusCode}`)),
        );
        answer.on('error', reject);
        answer.resume();
      });
      asked.on('error', reject);
      asked.end(sent.body);
    });

  close(): void {
    this.#agent.destroy();
  }
}
