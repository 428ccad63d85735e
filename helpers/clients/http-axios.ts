import axios, { AxiosHeaders, type InternalAxiosRequestConfig } from 'axios';
import type { Agents } from './http-agents.ts';
import { AnswerTooLarge, DeadlinePassed, EVERY_REQUEST, flatHeaders, type Send } from './http-send.ts';

/** axios' adapter by itself: merging configurations and interceptors cost as much again as the request. */
const adapter = axios.getAdapter('http');

/** Any request, by axios: TLS, bodies, compressed answers, URLs of any shape. No proxies, no redirects. */
export function axiosSend(agents: Agents): Send {
  const config: Omit<InternalAxiosRequestConfig, 'headers'> = {
    ...axios.defaults,
    ...agents,
    proxy: false,
    maxRedirects: 0,
    responseType: 'arraybuffer',
    validateStatus: null,
    maxBodyLength: Number.POSITIVE_INFINITY,
  };
  return async (sent, { timeoutMs, maxResponseBytes, signal }) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await adapter({
        ...config,
        maxContentLength: maxResponseBytes,
        method: sent.method,
        url: sent.url,
        headers: new AxiosHeaders({ ...EVERY_REQUEST, ...sent.headers }),
        data: typeof sent.body === 'object' ? asBuffer(sent.body) : sent.body,
        signal: signal === undefined ? deadline : AbortSignal.any([deadline, signal]),
      });
      const data: unknown = answer.data;
      const body = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      return { status: answer.status, headers: flatHeaders(answer.headers), body };
    } catch (error) {
      if (deadline.aborted) throw new DeadlinePassed();
      if (error instanceof Error && error.message.includes('maxContentLength')) throw new AnswerTooLarge(error.message);
      throw error;
    }
  };
}

/** The same bytes, not a copy. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
