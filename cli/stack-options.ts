import { resolve } from 'node:path';
import { type ReadStackOptions, readStack } from '../stack/definition/read-stack.ts';
import type { StackDefinition } from '../stack/definition/types.ts';

export interface StackWords {
  readonly file?: readonly string[] | undefined;
  readonly profile?: readonly string[] | undefined;
}

/**
 * Reads the stack that the command line names. Profiles given there are what `COMPOSE_PROFILES` says to the compose
 * file too, which may choose configurations by it.
 * @throws InputError
 */
export function readNamedStack(directory: string, words: StackWords): StackDefinition {
  return readStack(resolve(directory), stackOptions(words));
}

export function stackOptions({ file, profile }: StackWords): ReadStackOptions {
  return {
    ...(file ? { files: file } : {}),
    ...(profile ? { profiles: profile, environment: { ...process.env, COMPOSE_PROFILES: profile.join(',') } } : {}),
  };
}
