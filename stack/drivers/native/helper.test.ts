import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../definition/types.ts';
import { loadCatalog } from '../../engines/catalog.ts';
import { helperCommand } from './helper.ts';

const at = { file: 'compose.yaml', line: 1, column: 1 };
const words = (texts: readonly string[]) => texts.map((text) => ({ text, at }));

function service(image: string, entrypoint?: readonly string[], command?: readonly string[]): ServiceDefinition {
  return {
    name: 'it',
    at,
    image,
    ...(entrypoint === undefined ? {} : { entrypoint: words(entrypoint) }),
    ...(command === undefined ? {} : { command: words(command) }),
    environment: {},
    mounts: [],
    ports: [],
    expose: [],
    networks: {},
    extraHosts: [],
    dependsOn: [],
    restart: 'no',
    readOnly: false,
    replicas: 1,
    recognisedBy: [],
  };
}

const of = (one: ServiceDefinition) => helperCommand(one, loadCatalog());

describe('helperCommand', () => {
  it('runs what an image of ordinary programs is told to do', () => {
    expect(of(service('busybox:1.37', undefined, ['sh', '-c', 'chown 1 /data']))).toEqual([
      'sh',
      '-c',
      'chown 1 /data',
    ]);
    expect(of(service('docker.io/library/alpine', ['chown'], ['1', '/data']))).toEqual(['chown', '1', '/data']);
  });

  it("runs an ordinary program for which an engine's image is borrowed", () => {
    expect(of(service('grafana/tempo:3.0.3', ['chown', '10001', '/var/tempo']))).toEqual([
      'chown',
      '10001',
      '/var/tempo',
    ]);
  });

  it('runs nothing else', () => {
    expect(of(service('busybox'))).toBeUndefined();
    expect(of(service('postgres:18', undefined, ['postgres']))).toBeUndefined();
    expect(of(service('grafana/loki:3.7.8', undefined, ['-verify-config']))).toBeUndefined();
    expect(of({ ...service('busybox', ['sh']), engine: 'loki' })).toBeUndefined();
  });
});
