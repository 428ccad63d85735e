import { describe, expect, it } from 'vitest';
import { itemsOf, nodeAt, textAt } from '../../config-node.ts';
import { parseYaml } from '../../syntax/yaml.ts';
import { testContext } from '../shared/test-context.ts';
import { engineBinary, run, scratch } from '../shared/test-engine.ts';
import { COLLECTOR_CASES, type CollectorCase } from './cases.ts';
import { readOtelcol } from './reader.ts';

const otelcol = engineBinary('otelcol');
const skipped = otelcol === undefined ? ' (skipped: engine otelcol not found)' : '';

async function ask(command: string, one: CollectorCase, ...more: readonly string[]) {
  const directory = scratch({ 'config.yaml': one.yaml });
  try {
    const args = [command, '--config', `${directory.path}/config.yaml`, ...(one.flags ?? []), ...more];
    return await run(otelcol?.path ?? '', args, { env: { ...one.environment } });
  } finally {
    directory.remove();
  }
}

describe(`what the reader says, the Collector says${skipped}`, () => {
  it.skipIf(otelcol === undefined).each(COLLECTOR_CASES.filter((one) => one.runtimeOnly !== true))(
    '$title: $errors',
    async (one) => {
      const { code, output } = await ask('validate', one);
      expect(code === 0, output.slice(0, 600)).toBe(one.errors.length === 0);
    },
  );

  // These pass `validate`: they show only once the Collector runs, and then it ends.
  it.skipIf(otelcol === undefined).each(COLLECTOR_CASES.filter((one) => one.runtimeOnly === true))(
    'ends at once: $title',
    async (one) => {
      const free = one.yaml.replaceAll('0.0.0.0:4317', '127.0.0.1:0').replaceAll('0.0.0.0:4318', '127.0.0.1:0');
      const directory = scratch({ 'config.yaml': free });
      const ran = await run(otelcol?.path ?? '', ['--config', `${directory.path}/config.yaml`], { timeoutMs: 15_000 });
      directory.remove();
      expect(ran.code).not.toBe(0);
      expect(ran.output).toMatch(/failed to (resolve|start|get)|not found|failed storing/);
    },
  );

  it.skipIf(otelcol === undefined).each(COLLECTOR_CASES.filter((one) => one.errors.length === 0))(
    'values in force: $title',
    async (one) => {
      const { output } = await ask('print-config', one, '--mode=unredacted');
      const { root } = parseYaml(output, 'printed');
      const facts = readOtelcol(
        testContext({
          engine: 'otelcol',
          argv: ['otelcol', '--config=/c.yaml', ...(one.flags ?? [])],
          files: { '/c.yaml': one.yaml },
          environment: one.environment ?? {},
          version: otelcol?.version ?? '',
        }),
      );
      let compared = 0;
      for (const listener of facts.listeners) {
        const protocol = listener.protocol === 'otlp-grpc' ? 'grpc' : 'http';
        const endpoint = textAt(root, 'receivers', listener.component, 'protocols', protocol, 'endpoint');
        if (endpoint === undefined) continue;
        expect(`${listener.host}:${listener.port}`).toBe(endpoint);
        compared++;
      }
      for (const { component, protocol, target } of facts.outputs) {
        const endpoint = textAt(root, 'exporters', component, 'endpoint');
        if (protocol === 'otlp-grpc') expect(target.written).toBe(endpoint);
        compared++;
      }
      expect(compared).toBeGreaterThan(1);
      expect(itemsOf(nodeAt(root, 'service', 'extensions')).length).toBe(
        itemsOf(nodeAt(parseYaml(one.yaml, 'given').root, 'service', 'extensions')).length,
      );
    },
  );
});
