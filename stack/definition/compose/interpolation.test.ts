import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf, variables, words } from './testing/read.ts';

describe('interpolation of a compose file', () => {
  const project = readFixture('interpolation');
  const forms = serviceOf(project, 'forms');

  it('takes the environment over .env, and knows every form', () => {
    expect(forms.image).toBe('grafana/loki:3.7.8');
    expect(variables(forms)).toMatchObject({
      MID: 'pre-value-post',
      D_EMPTY: 'default',
      H_EMPTY: '',
      P_SET: 'other',
      Q_UNSET: '',
      NESTED: 'inner',
      NESTED_TWO: 'ainnerbvaluec',
      JSON: '{"a":{"b":1}}',
      DOLLARS: `$SET and \${SET} and $$`,
      LONE: 'a$ b$1 c$',
      MISSING: '<>',
      HOST: 'host',
      PROJECT: 'interpolation',
    });
  });

  it('gives what it fills in its type', () => {
    expect(forms).toMatchObject({ readOnly: true, replicas: 2, memoryLimitBytes: 256 * 1024 ** 2 });
    expect(forms.ports.map((port) => [port.published, port.target])).toEqual([
      [3101, 3100],
      [3101, 3101],
    ]);
    expect(forms.healthcheck).toMatchObject({ intervalMs: 15_000, retries: 2, test: ['CMD-SHELL', 'curl $HOST:3101'] });
    expect(forms.mounts[0]).toMatchObject({ source: `${project.directory}/conf/loki.yaml` });
  });

  it('keeps the place of a word whose text it changes', () => {
    expect(words(forms.command)).toEqual(['-config.file=/etc/loki/local.yaml', '-print=value']);
    expect(forms.command?.map(place)).toEqual(['compose.yaml:37:14', 'compose.yaml:37:58']);
  });

  it('warns of a variable that is not set, at its own place', () => {
    expect(project.findings.map((finding) => [finding.id, finding.severity, place(finding)])).toEqual([
      ['COMPOSE-VARIABLE-UNSET', 'warning', 'compose.yaml:28:18'],
    ]);
    expect(project.findings[0]?.message).toContain('MISSING');
  });
});
