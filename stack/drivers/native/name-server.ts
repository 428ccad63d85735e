import { createSocket, type Socket } from 'node:dgram';

/** Names of one network, in lower case, and the addresses behind each. */
export type Zone = ReadonlyMap<string, readonly string[]>;

const TYPE_A = 1;
const TYPE_ANY = 255;
const CLASS_IN = 1;
const HEADER_BYTES = 12;
const TTL_S = 5;

/**
 * What an engine asks that discovers by DNS (`dns_sd_configs`) and reads no hosts file: as the container engine's own
 * server does, it knows the services of a network and nothing else.
 */
export async function serveNames(address: string, zone: Zone): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { address: to, port }) => {
    const answer = answerTo(query, zone);
    if (answer !== undefined) socket.send(answer, port, to);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(53, address, () => {
      socket.off('error', reject);
      // Later errors are of single answers, and whoever asked asks again.
      socket.on('error', () => {});
      resolve();
    });
  });
  socket.unref();
  return socket;
}

/**
 * The answer to one DNS message (RFC 1035, section 4.1); undefined for one that cannot be read. A name that is known
 * has no records of other types than A, one that is not known does not exist.
 */
export function answerTo(query: Buffer, zone: Zone): Buffer | undefined {
  if (query.length < HEADER_BYTES || query.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let size = query[at] ?? 0; size !== 0; size = query[at] ?? 0) {
    if (size > 63 || at + size >= query.length) return undefined;
    labels.push(query.toString('latin1', at + 1, at + 1 + size));
    at += size + 1;
  }
  const end = at + 5;
  if (end > query.length) return undefined;
  const type = query.readUInt16BE(at + 1);
  const addresses = query.readUInt16BE(at + 3) === CLASS_IN ? zone.get(labels.join('.').toLowerCase()) : undefined;
  const answers = type === TYPE_A || type === TYPE_ANY ? (addresses ?? []) : [];
  const header = Buffer.from(query.subarray(0, HEADER_BYTES));
  const recursionDesired = header.readUInt16BE(2) & 0x0100;
  // An answer, with authority, recursion available; 3 is "no such name".
  header.writeUInt16BE(0x8480 | recursionDesired | (addresses === undefined ? 3 : 0), 2);
  header.writeUInt16BE(answers.length, 6);
  header.writeUInt32BE(0, 8);
  return Buffer.concat([header, query.subarray(HEADER_BYTES, end), ...answers.map(record)]);
}

function record(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  // The name is that of the question: a pointer to it.
  bytes.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  bytes.writeUInt16BE(TYPE_A, 2);
  bytes.writeUInt16BE(CLASS_IN, 4);
  bytes.writeUInt32BE(TTL_S, 6);
  bytes.writeUInt16BE(4, 10);
  address.split('.').forEach((part, index) => {
    bytes[12 + index] = Number(part);
  });
  return bytes;
}
