import type { SentRequest } from '../clients/http-types.ts';
import { cutRequest } from './cut.ts';
import { redact, redactHeaders } from './redact.ts';

/** Sent with every request; no reader needs them to ask again. */
const UNINTERESTING = /^(accept-encoding|user-agent|content-length|host|connection)$/i;

/**
 * The request as a curl command that a reader can paste into a shell: without secrets, with a long body cut. A binary
 * body is named by its size.
 */
export function curlLine(request: SentRequest, secrets: readonly string[] = []): string {
  const { method, url, headers, body } = request;
  const words = ['curl', '-sS'];
  if (method === 'HEAD') words.push('-I');
  else if (method !== (body === undefined ? 'GET' : 'POST')) words.push('-X', method);
  for (const [name, value] of Object.entries(redactHeaders(headers, secrets))) {
    if (!UNINTERESTING.test(name)) words.push('-H', quoted(`${name}: ${value}`));
  }
  if (typeof body === 'string') words.push('--data-raw', quoted(cutRequest(redact(body, secrets))));
  else if (body !== undefined) words.push('--data-binary', quoted(`@body.bin`), `# ${body.length} bytes`);
  // The comment of a binary body has to be the last word.
  const comment = words.at(-1)?.startsWith('# ') ? words.pop() : undefined;
  words.push(quoted(redact(url, secrets)));
  return [...words, ...(comment === undefined ? [] : [comment])].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
