import { describe, expect, it } from 'vitest';
import { answerTo } from './name-server.ts';

const ZONE = new Map([['web', ['10.0.0.5', '10.0.0.6']]]);

function query(name: string, type: number): Buffer {
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  const header = Buffer.from([0xab, 0xcd, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, type, 0, 1])]);
}

describe('answerTo', () => {
  it('gives every address of a name, in whatever case it is asked', () => {
    const answer = answerTo(query('WEB', 1), ZONE);
    expect(answer?.readUInt16BE(0)).toBe(0xabcd);
    expect(answer?.readUInt16BE(2)).toBe(0x8580);
    expect(answer?.readUInt16BE(6)).toBe(2);
    expect([...(answer?.subarray(-4) ?? [])]).toEqual([10, 0, 0, 6]);
  });

  it('has no records of another type for a name that it knows', () => {
    const answer = answerTo(query('web', 28), ZONE);
    expect(answer?.readUInt16BE(2)).toBe(0x8580);
    expect(answer?.readUInt16BE(6)).toBe(0);
  });

  it('says of another name that it does not exist', () => {
    expect(answerTo(query('db.example', 1), ZONE)?.readUInt16BE(2)).toBe(0x8583);
  });

  it('keeps silent where it is asked nothing that it can read', () => {
    expect(answerTo(Buffer.alloc(5), ZONE)).toBeUndefined();
    expect(answerTo(query('web', 1).subarray(0, 14), ZONE)).toBeUndefined();
  });
});
