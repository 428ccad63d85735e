import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Label on everything that a run makes on a container engine: who may be asked whether it is still wanted. */
export const OWNER_LABEL = 'telltale.owner';

/** `pid:start time:host` of a process. The start time tells it from a later process of the same number. */
export function ownerOf(pid: number = process.pid): string {
  return `${pid}:${startTime(pid) ?? 0}:${hostname()}`;
}

/** Whether the process behind an owner is gone. One of another host is never called dead: it cannot be asked. */
export function isDead(owner: string): boolean {
  const match = /^(\d+):(\d+):(.*)$/.exec(owner);
  if (match === null || match[3] !== hostname()) return false;
  const pid = Number(match[1]);
  if (!exists(pid)) return true;
  const started = startTime(pid);
  return started !== undefined && match[2] !== '0' && String(started) !== match[2];
}

/** Clock ticks after boot, field 22 of proc(5) stat; undefined where there is no such file. */
function startTime(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, with anything in it.
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return ticks === undefined ? undefined : Number(ticks);
  } catch {
    return undefined;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
