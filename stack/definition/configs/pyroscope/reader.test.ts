import { describe, expect, it } from 'vitest';
import type { EngineFacts } from '../../facts.ts';
import { testContext } from '../shared/test-context.ts';
import { readPyroscope } from './reader.ts';

const read = (version: string, text: string, flags: readonly string[] = []): EngineFacts =>
  readPyroscope(
    testContext({
      engine: 'pyroscope',
      argv: ['/usr/bin/pyroscope', '-config.file=/etc/pyroscope/config.yaml', ...flags],
      version,
      files: { '/etc/pyroscope/config.yaml': text },
    }),
  );

const said = (facts: EngineFacts): string[] =>
  facts.findings.map((finding) => `${finding.severity} ${finding.id} ${finding.at?.line}: ${finding.message}`);

describe('Pyroscope', () => {
  it('has nothing against a healthy configuration, and knows what it says', () => {
    const facts = read(
      '1.13.0',
      'server:\n  http_listen_port: 4444\npyroscopedb: { data_path: /data }\nself_profiling: { disable_push: true }\nmultitenancy_enabled: true\nanalytics: { reporting_enabled: false }\nlimits: { compactor_blocks_retention_period: 7d, max_profile_size_bytes: 10 }\n',
      ['-self-profiling.disable-push=true'],
    );
    expect(said(facts)).toEqual([]);
    expect(facts.listeners.map((one) => `${one.protocol} ${one.port}${one.path ?? ''}`)).toEqual([
      'http-api 4444',
      'pyroscope-push 4444/ingest',
      'pyroscope-push 4444/push.v1.PusherService/Push',
    ]);
    expect(facts.storage).toMatchObject([{ path: '/data', what: 'blocks' }]);
    expect(facts.retention).toMatchObject([{ signal: 'profiles', period: { value: 7 * 86_400_000 }, enablers: [] }]);
    expect(facts.multiTenant?.value).toBe(true);
    expect(facts.features['usage-reporting']?.value).toBe(false);
    expect(facts.settings['self_profiling.disable_push']).toMatchObject({ value: true, from: 'flag' });
    expect(facts.limits[2]).toMatchObject({ setting: { value: 10, from: 'file' } });
  });

  it('says that a period of the old storage does nothing to the new one', () => {
    const text = 'limits: { compactor_blocks_retention_period: 7d }\n';
    expect(read('2.2.0', text).retention[0]?.enablers).toMatchObject([
      { satisfied: false, setting: { value: 'v1-v2-dual' } },
    ]);
    expect(read('2.2.0', text, ['-architecture.storage=v1']).retention[0]?.enablers).toEqual([]);
    expect(read('2.2.0', 'limits: { retention_period: 7d }\n').retention[0]).toMatchObject({
      enablers: [],
      period: { value: 7 * 86_400_000 },
    });
    expect(read('2.2.0', 'target: all\n').retention[0]).toMatchObject({ period: { value: 0, from: 'default' } });
  });

  it.each([
    [
      'a misspelt key',
      '1.13.0',
      'serverr: {}\n',
      'error CONFIG-UNKNOWN-KEY 1: Pyroscope has no key "serverr" at the top level',
    ],
    [
      'a key of a later version',
      '1.13.0',
      'architecture_storage: v2\n',
      'error CONFIG-REMOVED-KEY 1: Pyroscope 1.13 refuses the key "architecture_storage": it came with Pyroscope 2.0',
    ],
    [
      'a value of the wrong type',
      '2.0.0',
      'server: { http_listen_port: "a" }\n',
      'error CONFIG-VALUE 1: Pyroscope refuses server.http_listen_port: "a" is not a whole number',
    ],
  ])('%s', (_, version, text, words) => {
    expect(said(read(version, text))).toContainEqual(expect.stringContaining(words));
  });
});
