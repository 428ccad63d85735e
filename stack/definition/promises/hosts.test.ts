import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../types.ts';
import { engine, listener, service, view } from './hand-made.ts';
import { type Resolution, resolveHost } from './hosts.ts';
import type { StackView } from './stack-view.ts';

function found(stack: StackView, from: ServiceDefinition, host: string, port = 80): string {
  const result: Resolution = resolveHost(stack, from, host, port);
  if (result.kind === 'services') return `${result.services.map((one) => one.name).join('+')}:${result.port}`;
  return result.kind === 'nowhere' ? `nowhere: ${result.why}` : result.kind;
}

describe('resolveHost', () => {
  const app = service('app', { extraHosts: ['db.internal=10.0.0.5', 'docker-host=host-gateway'] });
  const store = service('store', {
    containerName: 'the-store',
    hostname: 'storebox',
    networks: { default: ['logs.internal'] },
    ports: [{ hostIp: '', published: 13100, target: 3100, protocol: 'tcp', at: app.at }],
  });
  const stack = view([app, store]);

  it.each([
    ['store', 'store:80'],
    ['STORE', 'store:80'],
    ['the-store', 'store:80'],
    ['storebox', 'store:80'],
    ['logs.internal', 'store:80'],
    ['store.test_default', 'store:80'],
    ['localhost', 'app:80'],
    ['127.0.0.1', 'app:80'],
    ['app', 'app:80'],
    ['db.internal', 'external'],
    ['logs.example.com', 'external'],
    ['10.1.2.3', 'external'],
  ])('%s is %s', (host, expected) => {
    expect(found(stack, app, host)).toBe(expected);
  });

  it('follows host.docker.internal and host-gateway to the published port', () => {
    expect(found(stack, app, 'host.docker.internal', 13100)).toBe('store:3100');
    expect(found(stack, app, 'docker-host', 13100)).toBe('store:3100');
    expect(found(stack, app, 'host.docker.internal', 9999)).toBe('external');
  });

  it('says that nothing is called by an unknown name, unless it may be outside', () => {
    expect(found(stack, app, 'stoer')).toBe('nowhere: no service of this stack is called "stoer"');
    const joined = view([service('app', { networks: { shared: [] } })], {
      networks: { shared: { name: 'shared', external: true, internal: false } },
    });
    expect(found(joined, joined.services[0] ?? app, 'stoer')).toBe('external');
    const off = view([app], { inactiveServices: () => [service('traces')] });
    expect(found(off, app, 'traces')).toBe('inactive');
  });

  it('knows networks that are not shared, and aliases of another network', () => {
    const left = service('left', { networks: { one: [], both: [] } });
    const right = service('right', { networks: { two: ['r-two'], both: ['r-both'] } });
    const apart = service('apart', { networks: { two: [] } });
    const nets = view([left, right, apart]);
    expect(found(nets, left, 'right')).toBe('right:80');
    expect(found(nets, left, 'r-both')).toBe('right:80');
    expect(found(nets, left, 'r-two')).toContain('share no network');
    expect(found(nets, left, 'apart')).toContain('left (on one, both) and apart (on two) share no network');
  });

  it('knows shared network namespaces and the network of the host', () => {
    const main = service('main');
    const side = service('side', { networks: {}, networkMode: 'service:main' });
    const host = engine(
      'host',
      'prometheus',
      { listeners: [listener('http-api', 9090)] },
      { networks: {}, networkMode: 'host' },
    );
    const mixed = view([main, side, host, store]);
    expect(found(mixed, side, 'localhost')).toBe('main+side:80');
    expect(found(mixed, store, 'main')).toBe('main+side:80');
    expect(found(mixed, store, 'side')).toContain('nowhere');
    expect(found(mixed, host, 'store')).toContain("runs in the host's network");
    expect(found(mixed, host, 'localhost', 13100)).toBe('store:3100');
    expect(found(mixed, store, 'host')).toContain("runs in the host's network");
    expect(found(mixed, store, 'host.docker.internal', 9090)).toBe('host:9090');
  });

  it('gives every service of a shared alias', () => {
    const both = view([
      app,
      service('a', { networks: { default: ['hub'] } }),
      service('b', { networks: { default: ['hub'] } }),
    ]);
    expect(found(both, app, 'hub', 4317)).toBe('a+b:4317');
  });
});
