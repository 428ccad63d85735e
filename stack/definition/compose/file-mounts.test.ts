import { homedir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { withFiles } from './testing/fixtures.ts';
import { place, readFixture, serviceOf } from './testing/read.ts';

describe('configs and secrets', () => {
  const project = readFixture('configs-secrets');
  const { mounts } = serviceOf(project, 'app');

  it('say where the container gets which content', () => {
    expect(mounts.map(({ at: _, ...mount }) => mount)).toEqual([
      { kind: 'config', name: 'by-file', target: '/by-file', source: `${project.directory}/app.yaml` },
      {
        kind: 'config',
        name: 'inline',
        target: '/etc/app/config.yaml',
        contentAt: { file: 'compose.yaml', line: 20, column: 14 },
        content: 'server:\n  level: debug\n  price: $5\nlist: [a, b]\n',
        mode: 0o440,
        uid: '103',
        gid: '103',
      },
      { kind: 'config', name: 'by-env', target: '/relative.yaml', content: 'from: env', mode: 0o400 },
      { kind: 'secret', name: 'password', target: '/run/secrets/password', source: `${homedir()}/password.txt` },
      { kind: 'secret', name: 'token', target: '/run/secrets/tok', content: 's3cret', mode: 0o400 },
      { kind: 'secret', name: 'token', target: '/abs/token', content: 's3cret' },
    ]);
  });

  it('keep their places', () => {
    expect(mounts.slice(0, 2).map(place)).toEqual(['compose.yaml:5:9', 'compose.yaml:6:9']);
  });

  const findings = (service: string, top: string) =>
    withFiles({ 'compose.yaml': `services:\n  a: { image: a, ${service} }\n${top}\n` }, (directory) =>
      readCompose(directory, { environment: {} }).findings.map((each) => [
        each.id,
        each.severity,
        each.service,
        place(each),
      ]),
    );

  it('are reported where compose cannot provide them', () => {
    expect(findings('configs: [c]', 'configs: { c: { external: true } }')).toEqual([
      ['COMPOSE-EXTERNAL-FILE', 'error', 'a', 'compose.yaml:2:28'],
    ]);
    expect(findings('secrets: [s]', 'secrets: { s: { environment: NOT_SET } }')).toEqual([
      ['COMPOSE-FILE-VARIABLE', 'error', 'a', 'compose.yaml:2:28'],
    ]);
    expect(findings('read_only: true, configs: [c]', 'configs: { c: { content: x } }')).toEqual([
      ['COMPOSE-FILE-READ-ONLY', 'error', 'a', 'compose.yaml:2:45'],
    ]);
    expect(findings('read_only: true, configs: [c]', 'configs: { c: { file: ./x } }')).toEqual([]);
  });
});
