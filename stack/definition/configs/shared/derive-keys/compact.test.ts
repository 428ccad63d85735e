import { expect, it } from 'vitest';
import { parseKeyTable, TYPE_CODES } from '../key-table.ts';
import { compactKeys, type FlatKey } from './compact.ts';

const flat: FlatKey[] = [
  { path: 'target', code: 's', flag: 'target', fallback: 'all' },
  { path: 'server', code: 'S', flag: '' },
  { path: 'server.http_listen_port', code: 'i', flag: 'server.http-listen-port', fallback: '3100' },
  { path: 'server.graceful', code: 'd', flag: 'server.graceful-time' },
  { path: 'server.log_level', code: 'A', flag: 'log.level' },
  ...['a', 'b'].flatMap((name) => [
    { path: `${name}_client`, code: 'S', flag: '' },
    { path: `${name}_client.backoff`, code: 'S', flag: '' },
    { path: `${name}_client.backoff.min`, code: 'd', flag: `${name}.client.backoff.min` },
    { path: `${name}_client.backoff.max`, code: 'd', flag: `${name}.client.backoff.max` },
    { path: `${name}_client.backoff.tries`, code: 'i', flag: `${name}.client.backoff.tries` },
    { path: `${name}_client.size`, code: 'Z', flag: `${name}.client.size` },
    { path: `${name}_client.plain`, code: 's', flag: '' },
  ]),
  { path: 'rules', code: 'L', flag: '' },
  { path: 'rules.[]', code: 'S', flag: '' },
  { path: 'rules.[].name', code: 's', flag: '' },
  { path: 'by_name', code: 'M', flag: '' },
  { path: 'by_name.{}', code: 'S', flag: '' },
  { path: 'by_name.{}.period', code: 'p', flag: '' },
];

it('a compacted table reads as the keys that went in', () => {
  const table = parseKeyTable(compactKeys(flat));
  for (const { path, code, flag, fallback } of flat) {
    expect(table.keys.get(path)).toEqual({
      type: TYPE_CODES[code],
      ...(flag === '' ? {} : { flag }),
      ...(fallback === undefined ? {} : { fallback }),
    });
  }
  expect(table.keys.size).toBe(flat.length);
  expect(table.byFlag.get('b.client.backoff.max')).toBe('b_client.backoff.max');
  expect(table.shape.keys).toMatchObject({
    target: 'any',
    server: { keys: { log_level: 'any' } },
    a_client: { keys: { backoff: { keys: { tries: 'any' } } } },
    rules: { list: { keys: { name: 'any' } } },
    by_name: { map: { keys: { period: 'any' } } },
  });
});

it('writes a repeated block once', () => {
  expect(compactKeys(flat).match(/tries/g)).toHaveLength(1);
});
