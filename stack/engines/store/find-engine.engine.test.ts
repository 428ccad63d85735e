import { describe, expect, it } from 'vitest';
import { loadCatalog } from '../catalog.ts';
import { findEngine, isFound } from './find-engine.ts';
import { collectorComponents, missingComponents } from './probe.ts';
import { run } from './run.ts';

const prometheus = await findEngine('prometheus', undefined);
const otelcol = await findEngine('otelcol', undefined);
const title = (name: string, found: boolean): string => (found ? '' : `skipped: engine ${name} not found: `);

describe('real engines', () => {
  const there = isFound(prometheus);
  it.skipIf(!there)(
    `${title('prometheus', there)}finds Prometheus, which says its own version, with promtool`,
    async () => {
      if (!isFound(prometheus)) return expect.unreachable();
      const said = await run(prometheus.path, ['--version']);
      expect(said.output).toContain(`version ${prometheus.version} `);
      const promtool = await run(prometheus.companions.promtool ?? '', ['--version']);
      expect(promtool.code).toBe(0);
      expect(await findEngine('prometheus', prometheus.version)).toMatchObject({ path: prometheus.path });
    },
  );

  const collector = isFound(otelcol);
  it.skipIf(!collector)(
    `${title('otelcol', collector)}knows what a Collector is made of, under both names`,
    async () => {
      if (!isFound(otelcol)) return expect.unreachable();
      const probe = await collectorComponents(otelcol.path);
      const built = probe.ok ? probe.components : [];
      const modules = loadCatalog().entry('otelcol').source.collectorBuilder?.components ?? {};
      const asked = [
        'receiver/otlp',
        'exporter/otlp',
        'exporter/otlp_grpc',
        'connector/spanmetrics',
        'receiver/nonesuch',
      ];
      expect(missingComponents(asked, built, modules)).toEqual(['receiver/nonesuch']);
    },
  );
});
