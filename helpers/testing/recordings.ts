import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { field, int, mapOf, object, text } from '../clients/decode.ts';

/** An answer recorded from a real engine by `record-fixtures.ts`. */
export interface RecordedAnswer {
  readonly path: string;
  readonly status: number;
  readonly body: string;
}

/** All answers recorded of one engine, by name. */
export function recordingsOf(engine: 'prometheus' | 'loki' | 'tempo'): Readonly<Record<string, RecordedAnswer>> {
  const file = join(import.meta.dirname, '..', 'clients', 'fixtures', `${engine}.json`);
  return mapOf((json) => {
    const from = object(json);
    return { path: field(from, 'path', text), status: field(from, 'status', int), body: field(from, 'body', text) };
  })(JSON.parse(readFileSync(file, 'utf8')));
}

/** @throws Error when there is no recording of that name. */
export function recorded(engine: 'prometheus' | 'loki' | 'tempo', name: string): RecordedAnswer {
  const answer = recordingsOf(engine)[name];
  if (answer === undefined) throw new Error(`no answer called ${name} was recorded of ${engine}`);
  return answer;
}
