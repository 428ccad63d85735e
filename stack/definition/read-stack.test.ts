import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { formatPosition, InputError } from './position.ts';
import { readStack } from './read-stack.ts';
import type { StackDefinition } from './types.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function stack(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'telltale-stack-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), text);
  }
  return directory;
}

function read(files: Record<string, string>): StackDefinition {
  return readStack(stack(files), { environment: {} });
}

function refusal(files: Record<string, string>): string {
  try {
    read(files);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return `${error.at === undefined ? '' : formatPosition(error.at)} ${error.message} ${error.remedy}`;
  }
  return 'accepted';
}

const COMPOSE = `services:
  metrics:
    image: prom/prometheus:v3.16.0
    command: --config.file=/p.yml --storage.tsdb.path=/prometheus
    volumes: [./p.yml:/p.yml:ro]
  far:
    image: acme/obs-7:1
`;
const REMOTE = 'remote_write:\n  - url: http://far:9009/api/v1/push\n';

describe('readStack', () => {
  it('demands to know what engines write to, with the lines to add', () => {
    const told = refusal({ 'compose.yaml': COMPOSE, 'p.yml': REMOTE });
    expect(told).toContain('p.yml:2:');
    expect(told).toContain('metrics writes metrics to the service far (image acme/obs-7:1)');
    expect(told).toContain('services:\n  far:\n    engine: prometheus   # or: ignore: true');
  });

  it('names what is known and none of ours, and takes "ignore" for an answer', () => {
    const compose = COMPOSE.replace('acme/obs-7:1', 'grafana/mimir:2.17.0');
    expect(refusal({ 'compose.yaml': compose, 'p.yml': REMOTE })).toMatch(
      /far \(Grafana Mimir\).*far:\n {4}ignore: true/s,
    );
    const kept = read({
      'compose.yaml': compose,
      'p.yml': REMOTE,
      'telltale.yaml': 'services:\n  far: { ignore: true }\n',
    });
    expect(kept.promises.find((promise) => promise.kind === 'route.push')).toMatchObject({
      state: 'open',
      subject: 'far',
    });
  });

  it('takes telltale.yaml at its word', () => {
    const definition = read({
      'compose.yaml': COMPOSE,
      'p.yml': REMOTE,
      'telltale.yaml': 'services:\n  far: { engine: prometheus, version: 3.5.0, tenants: [a] }\n',
    });
    expect(definition.services[1]).toMatchObject({ engine: 'prometheus', role: 'metrics', version: '3.5.0' });
    expect(definition.services[1]?.recognisedBy).toEqual(['telltale.yaml says that it is prometheus']);
  });

  it('leaves alone what is only scraped', () => {
    const scrape = 'scrape_configs:\n  - job_name: x\n    static_configs: [{ targets: [far:9100] }]\n';
    const definition = read({ 'compose.yaml': COMPOSE, 'p.yml': scrape });
    expect(definition.services[1]?.engine).toBeUndefined();
    expect(definition.promises.find((promise) => promise.kind === 'route.scrape')?.state).toBe('open');
  });

  it('refuses a directory that is not there, and a service that the compose file does not have', () => {
    expect(() => readStack('/nowhere/at/all')).toThrow(InputError);
    expect(
      refusal({ 'compose.yaml': COMPOSE, 'p.yml': '', 'telltale.yaml': 'services:\n  metric: { ignore: true }\n' }),
    ).toMatch(/telltale.yaml:2:3 .*no(ne|t).*Did you mean "metrics"\?/);
  });

  it('reads a configuration that a Dockerfile copies in', () => {
    const definition = read({
      'compose.yaml': 'services:\n  m:\n    build: ./m\n',
      'm/Dockerfile': 'FROM prom/prometheus:v3.15.0\nCOPY conf/p.yml /etc/prometheus/prometheus.yml\n',
      'm/conf/p.yml': 'scrape_configs:\n  - job_name: lost\n    static_configs: [{ targets: [nobody:1] }]\n',
    });
    expect(definition.services[0]).toMatchObject({ engine: 'prometheus', version: '3.15.0' });
    expect(definition.promises.find((promise) => promise.kind === 'route.scrape')?.broken?.at).toMatchObject({
      file: 'm/conf/p.yml',
      line: 3,
    });
  });

  it('names places of inline configurations in the compose file', () => {
    const definition = read({
      'compose.yaml': `services:
  m:
    image: prom/prometheus:v3.16.0
    command: --config.file=/p.yml
    configs: [{ source: p, target: /p.yml }]
configs:
  p:
    content: |
      scrape_configs:
        - job_name: lost
          static_configs:
            - targets: [nobody:1]
`,
    });
    expect(definition.promises.find((promise) => promise.kind === 'route.scrape')?.broken?.at).toEqual({
      file: 'compose.yaml',
      line: 12,
      column: 25,
    });
  });

  it('says which mounted files are missing, and which ports are published twice or for nothing', () => {
    const definition = read({
      'compose.yaml': `services:
  m:
    image: prom/prometheus:v3.16.0
    volumes: [./gone.yml:/etc/prometheus/prometheus.yml:ro]
    ports: ["9090:9090", "9095:9095"]
  n:
    image: acme/other
    ports: ["127.0.0.1:9090:80"]
  o:
    image: prom/alertmanager:v0.31.1
    ports: ["9093:9039"]
`,
    });
    // Port 9095 of m is a leftover that harms nobody.
    expect(definition.findings.filter((finding) => finding.id === 'REF-PORT-UNUSED')).toHaveLength(1);
    const ids = definition.findings.map((finding) => `${finding.id} ${finding.severity} ${finding.at?.line}`);
    expect(ids).toEqual(
      expect.arrayContaining(['REF-FILE-MISSING error 4', 'REF-PORT-UNUSED error 11', 'COMPOSE-PORT-TWICE error 8']),
    );
  });

  it('does not count a volume or a target of a profile that is off', () => {
    const files = {
      'compose.yaml': `services:
  m:
    image: prom/prometheus:v3.16.0
    volumes: [./p.yml:/etc/prometheus/prometheus.yml:ro]
  t:
    image: grafana/tempo:3.0.3
    profiles: [traces]
    volumes: [spans:/var/tempo]
volumes:
  spans:
`,
      'p.yml': 'scrape_configs:\n  - job_name: t\n    static_configs: [{ targets: [t:3200] }]\n',
    };
    const promises = read(files).promises.filter(
      (promise) => promise.state === 'broken' || promise.kind === 'route.scrape',
    );
    expect(promises).toEqual([]);
  });
});
