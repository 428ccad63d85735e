import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allRequirements } from '../registry.ts';
import type { ProofFile } from './proof.ts';

const file: ProofFile = JSON.parse(readFileSync(new URL('../proof.json', import.meta.url), 'utf8'));

/**
 * Requirements that no engine at hand and no stack that we ship can make fail yet, each with its reason. An entry that
 * `npm run prove` has proved by now is to be taken out here.
 */
const EXCUSED: Readonly<Record<string, string>> = {};

describe('proof.json', () => {
  it.each(allRequirements().map(({ id }) => id))('%s was seen to fail', (id) => {
    const proof = file.proofs.find((other) => other.id === id);
    if (id in EXCUSED) expect(proof, `${id} is proved by now: take its excuse away`).toBeUndefined();
    else expect(proof?.message, `${id} is missing in suites/proof.json: run \`npm run prove\``).toBeTruthy();
  });

  it('proves nothing that is not in the registry', () => {
    const known = new Set(allRequirements().map(({ id }) => id));
    expect(file.proofs.map(({ id }) => id).filter((id) => !known.has(id))).toEqual([]);
  });
});
