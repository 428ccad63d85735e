import { type Decoder, decodeJson } from './decode.ts';
import { HttpClient } from './http.ts';
import type { ClientOptions, HttpRequest, HttpResponse } from './http-types.ts';

/** What the engine clients have in common: requests whose 2xx answers are decoded. */
export class JsonApi {
  readonly http: HttpClient;

  constructor(options: ClientOptions) {
    this.http = new HttpClient(options);
  }

  /** @throws HttpError on another status than 2xx, TransportError, DecodeError naming method and URL. */
  async json<T>(request: HttpRequest, decoder: Decoder<T>): Promise<T> {
    return decodeAnswer(await this.http.requestOk(request), decoder);
  }

  /** The body as text. @throws HttpError on another status than 2xx. */
  async text(request: HttpRequest): Promise<string> {
    return (await this.http.requestOk(request)).body;
  }

  /** The status of a readiness or health probe, with the engine's words; no status is an error here. */
  async probe(path: string, signal?: AbortSignal): Promise<ProbeAnswer> {
    const response = await this.http.request({ path, ...(signal === undefined ? {} : { signal }) });
    return {
      ok: response.status >= 200 && response.status <= 299,
      status: response.status,
      words: response.body.trim(),
    };
  }
}

export interface ProbeAnswer {
  /** A 2xx status. */
  readonly ok: boolean;
  readonly status: number;
  readonly words: string;
}

/** @throws DecodeError naming method and URL. */
export function decodeAnswer<T>(response: HttpResponse, decoder: Decoder<T>): T {
  const { method, url } = response.request;
  return decodeJson(response.body, decoder, () => `the answer of ${method} ${url}`);
}
