import { describe, expect, it } from 'vitest';
import type { Listener, Target } from '../facts.ts';
import type { ServiceDefinition } from '../types.ts';
import { engine, listener, target, view } from './hand-made.ts';
import { type Call, followRoute } from './route.ts';

const gateway = engine('gateway', 'otelcol', {});
const at = { file: 'gw.yaml', line: 7, column: 3 };

function verdict(
  listeners: Listener[],
  to: Target,
  call: Partial<Call> = {},
  more: Partial<ServiceDefinition['facts']> = {},
): string {
  const store = engine('store', 'loki', { listeners, ...more });
  const route = followRoute(view([gateway, store]), gateway, {
    protocol: 'otlp-http',
    signals: ['logs'],
    target: to,
    at,
    pushes: true,
    ...call,
  });
  return route.broken === undefined ? `to ${route.to?.name ?? 'outside'}` : route.broken.why;
}

const otlp = listener('otlp-http', 3100, { path: '/otlp/v1/logs', signals: ['logs'] });
const url = (more: Partial<Target> = {}): Target => target('store', 3100, { path: '/otlp/v1/logs', ...more });

describe('followRoute', () => {
  it('is content with what fits', () => {
    expect(verdict([otlp], url())).toBe('to store');
    expect(verdict([otlp], url({ path: '/otlp/v1/logs/' }))).toBe('to store');
    expect(verdict([otlp], target('collector.example.com', 4318, { path: '/v1/logs' }))).toBe('to outside');
    expect(
      verdict(
        [],
        url(),
        {},
        { findings: [{ id: 'CONFIG-YAML-SYNTAX', severity: 'error', message: 'x', remedy: 'y' }] },
      ),
    ).toBe('to store');
  });

  it.each<[string, Listener[], Target, string]>([
    ['port', [otlp], target('store', 3101), 'nothing listens on port 3101 of store: OTLP over HTTP is on 3100'],
    ['path', [otlp], url({ path: '/v1/logs' }), 'asks store for /v1/logs, and OTLP over HTTP is at /otlp/v1/logs'],
    ['TLS to plain', [otlp], url({ scheme: 'https' }), 'speaks TLS'],
    ['plain to TLS', [{ ...otlp, tls: true }], url(), 'demands TLS'],
    ['loopback', [{ ...otlp, host: '127.0.0.1' }], url(), 'no other container reaches'],
    ['protocol', [listener('loki-push', 3100)], url(), "speaks Loki's push API, and not OTLP over HTTP"],
    ['signal', [{ ...otlp, signals: ['traces'] }], url(), 'takes traces at store:3100, and no logs'],
    [
      'off',
      [{ ...otlp, enabled: { value: false, from: 'default', key: '--web.enable-otlp-receiver' } }],
      url(),
      '--web.enable-otlp-receiver is not set',
    ],
    ['credentials', [{ ...otlp, auth: { kind: 'basic' } }], url(), 'has no credentials'],
    ['itself', [otlp], target('localhost', 3100), 'is that container itself'],
  ])('notices a wrong %s', (_, listeners, to, expected) => {
    const routed = verdict(listeners, to, {});
    expect(routed).toContain(expected);
  });

  it('demands a tenant where the backend does', () => {
    const multi = { multiTenant: { value: true, from: 'default', key: 'auth_enabled' } } as const;
    expect(verdict([otlp], url(), {}, multi)).toContain('demands a tenant (auth_enabled is on by default)');
    expect(verdict([otlp], url({ tenant: 'blue' }), {}, multi)).toBe('to store');
    expect(verdict([otlp], url(), { lenient: true }, multi)).toBe('to store');
  });

  it('names the place of the sender, and of the key that is off', () => {
    const off = {
      ...otlp,
      enabled: { value: false, from: 'file', key: 'x', at: { file: 'l.yaml', line: 3, column: 5 } },
    } as const;
    const store = engine('store', 'loki', { listeners: [off] });
    const call: Call = { protocol: 'otlp-http', signals: ['logs'], target: url(), at, pushes: true };
    expect(followRoute(view([gateway, store]), gateway, call).broken?.at).toEqual({
      file: 'l.yaml',
      line: 3,
      column: 5,
    });
    const gone = followRoute(view([gateway]), gateway, call);
    expect(gone.broken).toMatchObject({ at, why: 'no service of this stack is called "store"' });
  });
});
