import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { InputError } from '../definition/position.ts';
import { imageDefaults, imageMatches, loadCatalog, splitReference } from './catalog.ts';

const shipped = fileURLToPath(new URL('./catalog.yaml', import.meta.url));

/** The shipped catalog with one replacement, read back. */
async function broken(from: string, to: string): Promise<unknown> {
  const text = await readFile(shipped, 'utf8');
  expect(text).toContain(from);
  const file = join(await mkdtemp(join(tmpdir(), 'telltale-catalog-')), 'catalog.yaml');
  await writeFile(file, text.replace(from, to));
  try {
    return loadCatalog(file);
  } catch (error) {
    return error;
  }
}

describe('the catalog', () => {
  it('has all nine engines', () => {
    const names = loadCatalog().engines.map(({ engine }) => engine);
    expect(names).toEqual([
      'prometheus',
      'loki',
      'tempo',
      'alloy',
      'otelcol',
      'grafana',
      'pyroscope',
      'pushgateway',
      'alertmanager',
    ]);
  });

  it('says of every image where its binary is, and starts that', () => {
    for (const { engine, image } of loadCatalog().engines) {
      const starts = engine === 'grafana' ? '/run.sh' : image.binaryPath;
      expect(image.entrypoint[0], engine).toBe(starts);
    }
  });

  it('spells out the modules of Collector components, and knows both names of a renamed one', () => {
    const components = loadCatalog().entry('otelcol').source.collectorBuilder?.components ?? {};
    expect(components['exporter/otlp']).toBe('go.opentelemetry.io/collector/exporter/otlpexporter');
    expect(components['exporter/otlp_grpc']).toBe(components['exporter/otlp']);
    expect(components['connector/spanmetrics']).toBe(
      'github.com/open-telemetry/opentelemetry-collector-contrib/connector/spanmetricsconnector',
    );
  });

  it('names no default component that it has no module for', () => {
    const builder = loadCatalog().entry('otelcol').source.collectorBuilder;
    expect(builder?.defaults?.filter((key) => builder.components[key] === undefined)).toEqual([]);
  });

  it('is refused with the place of an unknown key', async () => {
    const error = await broken('    companions: [promtool]', '    companions: []\n    hue: red');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({
      message: 'The engine catalog is wrong: engines.prometheus must NOT have additional properties (hue).',
      at: { column: 5 },
    });
  });

  it('is refused with the place of a wrong value', async () => {
    const error = await broken('      ports: [9090]', '      ports: [ninety]');
    expect(error).toMatchObject({
      message: 'The engine catalog is wrong: engines.prometheus.recognise.ports.0 must be integer.',
      at: { line: expect.any(Number), column: 15 },
    });
  });

  it('is refused with the place of broken YAML', async () => {
    const error = await broken('    role: metrics', '    role: [metrics');
    expect(error).toBeInstanceOf(InputError);
    expect(error).toHaveProperty('at.line', expect.any(Number));
  });

  it('is refused where the default version is not a known one', async () => {
    const error = await broken('defaultVersion: 3.16.0', 'defaultVersion: 3.99.0');
    expect(error).toMatchObject({ message: 'defaultVersion of prometheus is not one of its versions.' });
  });
});

describe('image references', () => {
  it.each([
    ['grafana/loki:3.7.8', 'grafana/loki', '3.7.8'],
    ['registry.example:5000/team/loki', 'registry.example:5000/team/loki', ''],
    ['registry.example:5000/loki:v3@sha256:abc', 'registry.example:5000/loki', 'v3'],
    ['loki@sha256:abc', 'loki', ''],
  ])('splits %s', (reference, repository, tag) => {
    expect(splitReference(reference)).toEqual({ repository, tag });
  });

  it('matches whole parts of a repository only', () => {
    expect(imageMatches('registry.example/mirror/loki', ['loki'])).toBe(true);
    expect(imageMatches('registry.example/mirror/my-loki', ['loki'])).toBe(false);
  });
});

describe('imageDefaults', () => {
  const { entry } = loadCatalog();

  it('knows that Loki lost its shell at 3.5.8', () => {
    expect(imageDefaults(entry('loki'), 'grafana/loki:3.5.7').programs).toContain('wget');
    expect(imageDefaults(entry('loki'), 'grafana/loki:3.5.8').shell).toBe(false);
    expect(imageDefaults(entry('loki'), 'grafana/loki').shell).toBe(false);
  });

  it('tells the distributions of the Collector apart', () => {
    expect(imageDefaults(entry('otelcol'), 'otel/opentelemetry-collector-contrib:0.161.0').command).toEqual([
      '--config',
      '/etc/otelcol-contrib/config.yaml',
    ]);
    expect(imageDefaults(entry('otelcol'), 'otel/opentelemetry-collector:0.161.0').entrypoint).toEqual(['/otelcol']);
    expect(imageDefaults(entry('otelcol'), 'mirror/x/opentelemetry-collector-k8s:0.161.0').binaryPath).toBe(
      '/otelcol-k8s',
    );
  });

  it('knows flavours by their tag', () => {
    expect(imageDefaults(entry('prometheus'), 'prom/prometheus:v3.16.0-distroless')).toMatchObject({
      user: '65532:65532',
      shell: false,
      entrypoint: ['/bin/prometheus'],
    });
  });

  it('leaves the entry as it is', () => {
    imageDefaults(entry('loki'), 'grafana/loki:3.0.0');
    expect(entry('loki').image.shell).toBe(false);
  });
});
