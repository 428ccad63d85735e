import { isIP } from 'node:net';
import type { Position } from '../position.ts';
import { refuse } from './tree.ts';

/** One port of the short form, ranges unfolded. */
export interface PortSpec {
  readonly hostIp: string;
  /** A number, a range to choose from, or empty: chosen by the container engine. */
  readonly published: string;
  readonly target: number;
  readonly protocol: string;
}

const REMEDY = 'Write [HOST_IP:][PUBLISHED:]TARGET[/PROTOCOL], in quotes.';

/**
 * `[[HOST_IP:]PUBLISHED:]TARGET[/PROTOCOL]`, each port a number or a range.
 *
 * @throws InputError
 * @see https://docs.docker.com/reference/compose-file/services/#short-syntax-4
 */
export function parsePortSpec(spec: string, at: Position): PortSpec[] {
  const parts = spec.split(':');
  const container = parts.pop() ?? '';
  const published = parts.pop() ?? '';
  const hostIp = parts.join(':').replace(/^\[(.*)\]$/, '$1');
  const [targets = '', protocol = 'tcp'] = container.split('/', 2);
  if (hostIp !== '' && isIP(hostIp) === 0)
    refuse(`The port "${spec}" names "${hostIp}", which is no IP address.`, at, REMEDY);
  if (!['tcp', 'udp', 'sctp'].includes(protocol.toLowerCase())) {
    refuse(`The port "${spec}" names the protocol "${protocol}".`, at, 'Write /tcp, /udp or /sctp.');
  }
  const range = parseRange(targets);
  const target =
    (range?.start === 0 ? undefined : range) ??
    refuse(`The port "${spec}" names no port of the container.`, at, REMEDY);
  const host =
    published === ''
      ? undefined
      : (parseRange(published) ?? refuse(`The port "${spec}" names no port of the host.`, at, REMEDY));
  const count = target.end - target.start + 1;
  if (host !== undefined && count > 1 && host.end - host.start + 1 !== count) {
    refuse(`The port "${spec}" joins two ranges of different length.`, at, 'Make both ranges equally long.');
  }
  return Array.from({ length: count }, (_, index) => ({
    hostIp,
    published: host === undefined ? '' : count === 1 && host.end > host.start ? published : String(host.start + index),
    target: target.start + index,
    protocol: protocol.toLowerCase(),
  }));
}

function parseRange(text: string): { start: number; end: number } | undefined {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) return undefined;
  const start = Number(match[1]);
  const end = Number(match[2] ?? match[1]);
  return start <= end && end <= 65_535 ? { start, end } : undefined;
}
