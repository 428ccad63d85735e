import { describe, expect, it } from 'vitest';
import {
  isLoopback,
  joinPath,
  maskUrl,
  parseGrpcTarget,
  parseListenAddress,
  parseUrlTarget,
  urlCredentials,
} from './addresses.ts';

describe('parseListenAddress', () => {
  it.each([
    [':9090', '', 9090],
    ['0.0.0.0:9090', '0.0.0.0', 9090],
    ['[::]:80', '', 80],
    ['[::1]:80', '::1', 80],
    ['localhost:4317', 'localhost', 4317],
  ])('%s', (text, host, port) => {
    expect(parseListenAddress(text)).toEqual({ host, port });
  });

  it('has no port of its own where none is written', () => {
    expect(parseListenAddress('tempo')).toBeUndefined();
    expect(parseListenAddress('tempo', 4317)).toEqual({ host: 'tempo', port: 4317 });
    expect(parseListenAddress('tempo:http')).toBeUndefined();
    expect(parseListenAddress('tempo:99999')).toBeUndefined();
  });
});

it('parseUrlTarget knows default ports, paths and masks passwords', () => {
  expect(parseUrlTarget('http://loki:3100/otlp')).toEqual({
    written: 'http://loki:3100/otlp',
    scheme: 'http',
    host: 'loki',
    port: 3100,
    path: '/otlp',
  });
  expect(parseUrlTarget('https://me:s3cret@x.example/a?token=abc&b=1')).toMatchObject({
    written: 'https://me:***@x.example/a?token=***&b=1',
    port: 443,
    path: '/a',
  });
  expect(parseUrlTarget('tempo:4317')).toBeUndefined();
});

it('parseGrpcTarget', () => {
  expect(parseGrpcTarget('tempo:4317', false)).toMatchObject({ scheme: 'grpc', host: 'tempo', port: 4317 });
  expect(parseGrpcTarget('dns:///tempo:4317', true)).toMatchObject({ scheme: 'grpcs', host: 'tempo' });
  expect(parseGrpcTarget('http://tempo:4317', true)).toMatchObject({ scheme: 'grpc', port: 4317 });
});

it('small ones', () => {
  expect(urlCredentials('http://a%40b:p@h/')).toEqual({ username: 'a@b', password: 'p' });
  expect(maskUrl('http://h/x')).toBe('http://h/x');
  expect(joinPath('/otlp/', '/v1/logs')).toBe('/otlp/v1/logs');
  expect(joinPath('', 'v1/logs')).toBe('/v1/logs');
  expect([isLoopback('127.0.0.1'), isLoopback('localhost'), isLoopback('')]).toEqual([true, true, false]);
});
