import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf } from './testing/read.ts';

describe('ports', () => {
  const project = readFixture('ports');
  const short = serviceOf(project, 'short');

  it('in short form: numbers, ranges, addresses, protocols', () => {
    expect(short.ports.map((port) => [port.hostIp, port.published, port.target, port.protocol])).toEqual([
      ['', undefined, 3000, 'tcp'],
      ['', undefined, 3001, 'tcp'],
      ['', 3002, 80, 'tcp'],
      ['', 3003, 3003, 'tcp'],
      ['', 3004, 3004, 'tcp'],
      ['', 3005, 3005, 'tcp'],
      ['127.0.0.1', 3006, 6, 'tcp'],
      ['127.0.0.1', undefined, 7, 'tcp'],
      ['::1', 3008, 8, 'tcp'],
      ['::1', 3009, 9, 'tcp'],
      ['', 3010, 10, 'udp'],
      ['0.0.0.0', 3011, 11, 'udp'],
      ['0.0.0.0', 3012, 12, 'udp'],
      ['', undefined, 13, 'tcp'],
      ['', 3014, 14, 'tcp'],
    ]);
  });

  it('in long form', () => {
    expect(
      serviceOf(project, 'long').ports.map((port) => [port.hostIp, port.published, port.target, port.protocol]),
    ).toEqual([
      ['', undefined, 80, 'tcp'],
      ['', 8081, 81, 'tcp'],
      ['127.0.0.1', 8082, 82, 'udp'],
      ['', undefined, 83, 'tcp'],
    ]);
  });

  it('keep their places, all ports of a range the same', () => {
    expect(short.ports.slice(2, 5).map(place)).toEqual(['compose.yaml:7:9', 'compose.yaml:8:9', 'compose.yaml:8:9']);
    expect(place(serviceOf(project, 'long').ports[1])).toBe('compose.yaml:24:9');
  });

  it('expose gives numbers', () => {
    expect(short.expose).toEqual([9000, 9001]);
  });
});
