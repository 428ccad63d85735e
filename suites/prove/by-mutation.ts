import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type ResultRow, rowKeyOf } from '../../schemas/results.ts';
import { readStack } from '../../stack/definition/read-stack.ts';
import type { StackDefinition } from '../../stack/definition/types.ts';
import type { Driver } from '../../stack/drivers/types.ts';
import { READY_ID } from '../runner/blockers.ts';
import { runStack } from '../runner/run-stack.ts';
import type { Requirement } from '../types.ts';
import type { Proof } from './proof.ts';

/** One change of a healthy stack that a requirement must notice; see `mutations.yaml`. */
export interface Mutation {
  readonly id: string;
  /** Directory under `stack/`. */
  readonly stack: string;
  readonly in: string;
  readonly replace: string;
  readonly with: string;
  /** A word that the message must hold. */
  readonly names: string;
  /** True: the mutated stack is started; else its files alone show it. */
  readonly start?: boolean;
  readonly profiles?: readonly string[];
}

export function readMutations(): readonly Mutation[] {
  const parsed: unknown = parse(readFileSync(new URL('./mutations.yaml', import.meta.url), 'utf8'));
  if (!Array.isArray(parsed)) throw new TypeError('suites/prove/mutations.yaml must be a list of mutations.');
  return parsed as readonly Mutation[];
}

/** A copy of a stack with one text changed. @throws Error where the text to change is not there. */
export function mutatedCopy(root: string, mutation: Mutation): string {
  const copy = mkdtempSync(join(tmpdir(), 'telltale-mutation-'));
  cpSync(join(root, 'stack', mutation.stack), copy, { recursive: true });
  const file = join(copy, mutation.in);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(mutation.replace)) {
    rmSync(copy, { recursive: true });
    throw new Error(
      `${mutation.in} of ${mutation.stack} does not hold "${mutation.replace}", which the mutation for ${mutation.id} changes.`,
    );
  }
  writeFileSync(file, text.replace(mutation.replace, mutation.with));
  return copy;
}

/** Runs the mutated stack with a driver, or with none where the files alone must show it. */
export async function proveByMutation(
  root: string,
  mutation: Mutation,
  requirements: readonly Requirement[],
  driver: Driver,
): Promise<Proof | undefined> {
  const directory = mutatedCopy(root, mutation);
  try {
    const definition = readStack(directory, mutation.profiles ? { profiles: mutation.profiles } : {});
    const rows = await run(definition, requirements, mutation, driver);
    const failing = rows.find(
      ({ id, verdict, message }) =>
        id === mutation.id && (verdict === 'fail' || verdict === 'warn') && message.includes(mutation.names),
    );
    if (failing === undefined) return undefined;
    return {
      id: mutation.id,
      by: 'mutation',
      row: rowKeyOf(failing),
      what: `${mutation.in}: ${mutation.replace} → ${mutation.with}`,
      message: failing.message.replaceAll(directory, mutation.stack),
    };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function run(
  definition: StackDefinition,
  requirements: readonly Requirement[],
  mutation: Mutation,
  driver: Driver,
): Promise<readonly ResultRow[]> {
  const rows: ResultRow[] = [];
  await runStack({
    runId: 'proof',
    definition,
    driver,
    // Readiness comes along: what is not ready is not pushed to.
    requirements: requirements.filter(({ id }) => id === mutation.id || (mutation.start === true && id === READY_ID)),
    selection: { full: false },
    start: { scratch: '' },
    failFast: false,
    signal: new AbortController().signal,
    emit: (event) => {
      if (event.type === 'row') rows.push(event.row);
    },
  });
  return rows;
}
