import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RunEvent } from '../schemas/results.ts';
import { ReportError, systemReason } from './report-error.ts';
import { whyNotRunEvent } from './validation.ts';

export interface EventsFile {
  readonly path: string;
  /** What went wrong, once it has; nothing more is written then. */
  readonly problem: string | undefined;
  append(event: RunEvent): void;
  close(): void;
}

/**
 * Writes each event as a line the moment it comes, in one system call, so that a crash or `kill -9` of this process
 * loses nothing that was reported. A write that fails (a full disk) never throws: the run goes on, and `problem` says so.
 * An older file of that name is replaced, not truncated: a run that is still writing to it keeps its own.
 *
 * @throws ReportError when the file cannot be made at all.
 */
export function createEventsFile(path: string): EventsFile {
  let fd: number | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    fd = openSync(path, 'ax');
  } catch (error) {
    throw new ReportError(`${path} cannot be written: ${systemReason(error)}`);
  }
  let problem: string | undefined;
  return {
    path,
    get problem() {
      return problem;
    },
    append(event) {
      if (fd === undefined || problem !== undefined) return;
      try {
        writeWhole(fd, Buffer.from(`${JSON.stringify(event)}\n`));
      } catch (error) {
        problem = `${path} ends early: ${systemReason(error)}`;
      }
    },
    close() {
      if (fd === undefined) return;
      const open = fd;
      fd = undefined;
      try {
        fsyncSync(open);
      } catch {
        // Not every file system can; the lines are written all the same.
      }
      closeSync(open);
    },
  };
}

function writeWhole(fd: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
}

export interface ReadEvents {
  readonly events: readonly RunEvent[];
  /** True: the last line was torn, as a crash leaves it, and was left out. */
  readonly torn: boolean;
}

/**
 * Reads `events.ndjson`. A last line that is torn is left out; anything else that is wrong has its line in the message.
 *
 * @throws ReportError
 */
export function readEventsFile(path: string): ReadEvents {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new ReportError(`${path} cannot be read: ${systemReason(error)}`);
  }
  const lines = text.split('\n');
  const events: RunEvent[] = [];
  for (const [i, line] of lines.entries()) {
    if (line === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      // Only a line without its end can be torn; with one it was written whole, and wrongly.
      if (i === lines.length - 1) return { events, torn: true };
      throw new ReportError(`${path}:${i + 1}: this line is not JSON (${systemReason(error)}); was the file edited?`);
    }
    const wrong = whyNotRunEvent(value);
    if (wrong !== '') throw new ReportError(`${path}:${i + 1}: this is not an event that Telltale knows: ${wrong}`);
    events.push(value as RunEvent);
  }
  return { events, torn: false };
}
