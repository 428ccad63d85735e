import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { place, readFixture, serviceOf, variables } from './testing/read.ts';

describe('include', () => {
  const project = readFixture('include');

  it('brings the services of short and long entries, and of what they include', () => {
    expect(project.services.map((service) => service.name).sort()).toEqual(['app', 'deep', 'loki', 'prometheus']);
    expect(project.files).toEqual(['compose.yaml']);
  });

  it('gives each its own env file and project directory', () => {
    const loki = serviceOf(project, 'loki');
    expect(loki.image).toBe('grafana/loki:3.5.0');
    expect(variables(loki)).toEqual({ LOKI_TAG: '3.5.0', NOWHERE: null, OWN: '3.5.0' });
    expect(loki.mounts[0]).toMatchObject({ source: `${project.directory}/logs/loki.yaml` });
    const prometheus = serviceOf(project, 'prometheus');
    expect(prometheus.image).toBe('prom/prometheus:v3.5.0');
    expect(prometheus.ports[0]?.published).toBe(9095);
    expect(prometheus.mounts[0]).toMatchObject({ source: `${project.directory}/metrics-root/prometheus.yml` });
    expect(serviceOf(project, 'deep').mounts[0]).toMatchObject({
      source: `${project.directory}/logs/deeper/deep.yaml`,
    });
  });

  it('lets its variables go no further', () => {
    expect(variables(serviceOf(project, 'app'))).toEqual({ TAG: 'outer', NAME: 'including' });
  });

  it('merges the files of one entry', () => {
    const prometheus = serviceOf(project, 'prometheus');
    expect(prometheus.command?.map((word) => word.text)).toEqual(['--web.enable-lifecycle']);
    expect(prometheus.mounts.at(-1)).toMatchObject({ kind: 'config', name: 'rules', target: '/rules' });
  });

  it('keeps the places of the included files', () => {
    expect(place(serviceOf(project, 'loki'))).toBe('logs/compose.yaml:2:3');
    expect(place(serviceOf(project, 'prometheus').command?.[0])).toBe('metrics/more.yaml:3:15');
    expect(place(project.volumes['loki-data'])).toBe('logs/compose.yaml:10:12');
    expect(project.networks.inner).toMatchObject({ internal: true, name: 'including_inner' });
  });

  it('refuses a file that would have to be fetched', () => {
    const read = (text: string) =>
      withFiles({ 'compose.yaml': text }, (directory) => readCompose(directory, { environment: {} }));
    const include = 'include: ["https://example.com/stack.git"]\nservices: { a: { image: a } }\n';
    expect(() => read(include)).toThrow('is a remote compose file');
    const extend = 'services: { a: { extends: { file: "oci://example.com/x", service: a } } }\n';
    expect(() => read(extend)).toThrow('is a remote compose file');
  });
});
