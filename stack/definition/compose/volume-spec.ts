import path from 'node:path';
import type { Position } from '../position.ts';
import { refuse } from './tree.ts';

/** The short form of a volume, taken apart. */
export interface VolumeSpec {
  readonly type: 'bind' | 'volume';
  /** As written; undefined for an anonymous volume. */
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
}

/**
 * `[SOURCE:]TARGET[:OPTIONS]`. A source that begins with `.`, `/`, `~` or a drive is a path of the host, anything
 * else the name of a volume.
 *
 * @throws InputError
 * @see https://docs.docker.com/reference/compose-file/services/#short-syntax-6
 */
export function parseVolumeSpec(spec: string, at: Position): VolumeSpec {
  if (spec === '') refuse('A volume is empty.', at, 'Write SOURCE:TARGET, or remove the line.');
  if (spec.length <= 2) return { type: 'volume', target: spec, readOnly: false };
  const parts = splitAtColons(spec);
  const [first = '', second, options, surplus] = parts;
  if (parts.includes('')) {
    refuse(
      `The volume "${spec}" has an empty part between its colons.`,
      at,
      'Write SOURCE:TARGET or SOURCE:TARGET:OPTIONS.',
    );
  }
  if (surplus !== undefined) {
    refuse(`The volume "${spec}" has too many colons.`, at, 'Write SOURCE:TARGET or SOURCE:TARGET:OPTIONS.');
  }
  if (second === undefined) return { type: 'volume', target: cleanTarget(first), readOnly: false };
  // `rw` after `ro` takes it back, as the last word wins.
  const access = (options ?? '').split(',').findLast((option) => option === 'ro' || option === 'rw');
  return {
    type: isHostPath(first) ? 'bind' : 'volume',
    source: first,
    target: cleanTarget(second),
    readOnly: access === 'ro',
  };
}

export function cleanTarget(target: string): string {
  const clean = path.posix.normalize(target);
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean;
}

function isHostPath(source: string): boolean {
  return /^[./~]/.test(source) || source.startsWith('\\\\') || /^[A-Za-z]:/.test(source);
}

function splitAtColons(spec: string): string[] {
  const parts: string[] = [];
  let part = '';
  for (const char of spec) {
    // A single letter before a colon is a Windows drive.
    if (char === ':' && !/^[A-Za-z]$/.test(part)) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}
