import { describe, expect, it } from 'vitest';
import { nodeAt, textAt } from '../../config-node.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { parseGoDuration, parsePrometheusDuration } from '../shared/durations.ts';
import { parseDatasize } from '../shared/sizes.ts';
import { testContext } from '../shared/test-context.ts';
import { engineBinary, run, scratch } from '../shared/test-engine.ts';
import { LOKI_CASES } from './cases.ts';
import { lokiKeys } from './config.ts';
import { LOKI_TABLE_VERSION } from './keys-3-7.ts';
import { readLoki } from './reader.ts';

const loki = engineBinary('loki');
const skipped = loki === undefined ? ' (skipped: engine loki not found)' : '';

async function verify(one: (typeof LOKI_CASES)[number], ...more: readonly string[]) {
  const directory = scratch({ 'config.yaml': one.yaml });
  try {
    const args = [`-config.file=${directory.path}/config.yaml`, ...(one.flags ?? []), ...more];
    return await run(loki?.path ?? '', args, { cwd: directory.path, env: { ...one.environment } });
  } finally {
    directory.remove();
  }
}

describe(`what the reader says, Loki says${skipped}`, () => {
  it.skipIf(loki === undefined).each(LOKI_CASES.filter((one) => one.runtimeOnly !== true))(
    '$title: $errors',
    async (one) => {
      const { code, output } = await verify(one, '-verify-config');
      expect(code === 0, output.slice(0, 600)).toBe(one.errors.length === 0);
    },
  );

  // These pass `-verify-config`: they show only once Loki runs.
  it.skipIf(loki === undefined)('ends at once without a rules directory', async () => {
    const one = LOKI_CASES.find(({ title }) => title === 'no rules directory') ?? LOKI_CASES[0];
    if (one === undefined) throw new Error('no case');
    const { code, output } = await verify(one, '-server.http-listen-port=0', '-server.grpc-listen-port=0');
    expect(code).not.toBe(0);
    expect(output).toContain('directory required for local rules config');
  });

  it.skipIf(loki === undefined).each(LOKI_CASES.filter((one) => one.errors.length === 0))(
    'values in force: $title',
    async (one) => {
      const { output } = await verify(one, '-verify-config', '-print-config-stderr');
      const printed = parseYaml(output.slice(output.indexOf('---'), output.indexOf('\nlevel=')), 'printed', {
        version: 'v2',
      });
      const facts = readLoki(
        testContext({
          engine: 'loki',
          argv: ['loki', '-config.file=/c.yaml', ...(one.flags ?? [])],
          files: { '/c.yaml': one.yaml },
          environment: one.environment ?? {},
          version: '3.7.8',
        }),
      );
      expect(facts.limits.length).toBeGreaterThan(15);
      for (const { key, setting } of facts.limits) {
        const text = textAt(printed.root, ...key.split('.')) ?? '';
        expect([key, setting.value]).toEqual([key, inForce(key, text)]);
      }
      const http = facts.listeners.find(({ component }) => component === 'http');
      expect(http?.port).toBe(Number(textAt(printed.root, 'server', 'http_listen_port')));
      const [retention] = facts.retention.filter(({ selector }) => selector === undefined);
      const period = parsePrometheusDuration(textAt(printed.root, 'limits_config', 'retention_period') ?? '');
      expect(retention?.period?.value ?? 0).toBe(period);
      expect(facts.features.volume?.value).toBe(nodeAtBoolean(printed.root, 'limits_config', 'volume_enabled'));
      expect(facts.multiTenant?.value).toBe(nodeAtBoolean(printed.root, 'auth_enabled'));
      expect(facts.features['usage-reporting']?.value).toBe(
        nodeAtBoolean(printed.root, 'analytics', 'reporting_enabled'),
      );
    },
  );
});

function nodeAtBoolean(root: ReturnType<typeof parseYaml>['root'], ...path: readonly string[]): boolean {
  const node = nodeAt(root, ...path);
  return node?.kind === 'scalar' && node.value === true;
}

function inForce(key: string, text: string): number | undefined {
  if (key.endsWith('_mb')) return Number(text) * 2 ** 20;
  const type = lokiKeys().keys.get(key)?.type;
  if (type === 'datasize') return parseDatasize(text);
  if (type === 'go-duration') return parseGoDuration(text);
  if (type === 'prom-duration') return parsePrometheusDuration(text);
  return Number(text);
}

it.skipIf(loki === undefined)(`the table has Loki's keys and flags${skipped}`, async () => {
  const help = await run(loki?.path ?? '', ['-help']);
  const flags = [...help.output.matchAll(/^ {2}-(\S+)/gm)].map(([, name]) => name ?? '');
  expect(flags.length).toBeGreaterThan(2000);
  const { byFlag, keys } = lokiKeys();
  if (loki?.version === LOKI_TABLE_VERSION) expect(flags.filter((flag) => !byFlag.has(flag)).length).toBeLessThan(20);
  const { output } = await verify(
    LOKI_CASES[0] ?? { title: '', yaml: '', errors: [] },
    '-verify-config',
    '-print-config-stderr',
  );
  const { root } = parseYaml(output.slice(output.indexOf('---'), output.indexOf('\nlevel=')), 'printed', {
    version: 'v2',
  });
  if (root?.kind !== 'map') throw new Error('Loki printed no configuration');
  expect([...root.entries.keys()].filter((key) => !keys.has(key))).toEqual([]);
});
