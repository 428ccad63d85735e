import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatPosition, InputError } from '../position.ts';
import { readSettings } from './read-settings.ts';

const directory = mkdtempSync(join(tmpdir(), 'telltale-settings-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function read(text: string): ReturnType<typeof readSettings> {
  writeFileSync(join(directory, 'telltale.yaml'), text);
  return readSettings(directory);
}

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof InputError) {
      return `${error.at === undefined ? '' : formatPosition(error.at)} ${error.message} ${error.remedy}`;
    }
    throw error;
  }
  return 'accepted';
}

describe('readSettings', () => {
  it('gives empty settings where there is no file, or an empty one', () => {
    expect(readSettings(tmpdir())).toEqual({ services: {}, budgets: {}, caseDirs: [], accept: [] });
    expect(read('# nothing yet\n').services).toEqual({});
  });

  it('reads every key, with positions, and keeps texts as they are written', () => {
    const settings = read(`composeFiles: [compose.yml, compose.prod.yml]
profiles: [traces]
services:
  logstore:
    engine: loki
    version: 3.10
    role: logs
    endpoints: { http: "http://logs.example.org:3100" }
    tenants: [blue, 42]
    credentials: { usernameEnv: LOKI_USER, passwordEnv: LOKI_PASSWORD }
    ca: certs/ca.pem
  proxy:
    ignore: true
  bare:
budgets: { ready.loki: 12 }
caseDirs: [cases]
accept:
  - { id: LOKI-RETENTION-01, subject: logstore, reason: "bought a bigger disk", until: 2026-12-31 }
`);
    expect(settings.file).toBe('telltale.yaml');
    expect(settings.composeFiles).toEqual(['compose.yml', 'compose.prod.yml']);
    expect(settings.services.logstore).toMatchObject({
      engine: 'loki',
      version: '3.10',
      tenants: ['blue', '42'],
      credentials: { usernameEnv: 'LOKI_USER', passwordEnv: 'LOKI_PASSWORD' },
      ignore: false,
      at: { file: 'telltale.yaml', line: 4, column: 3 },
    });
    expect(settings.services.proxy?.ignore).toBe(true);
    expect(settings.services.bare).toMatchObject({ endpoints: {}, tenants: [], ignore: false });
    expect(settings.budgets).toEqual({ 'ready.loki': 12 });
    expect(settings.accept[0]).toMatchObject({ until: '2026-12-31', at: { line: 18, column: 5 } });
  });

  it.each([
    ['profile: [a]\n', 'telltale.yaml:1:1 telltale.yaml has no key "profile". Did you mean "profiles"?'],
    ['services:\n  a:\n    engin: loki\n', 'telltale.yaml:3:5 "services.a" has no key "engin". Did you mean "engine"?'],
    ['services:\n  a:\n    engine: lokki\n', 'telltale.yaml:3:13 "services.a.engine" cannot be "lokki". Did you mean'],
    ['services: [a]\n', 'telltale.yaml:1:11 "services" must be a map, and is a list.'],
    ['accept:\n  - id: A-1\n    reason: x\n', 'telltale.yaml:2:5 "accept.0" lacks "until".'],
    ['accept:\n  - { id: A-1, reason: x, until: soon }\n', 'Write the day as YYYY-MM-DD.'],
    ['budgets:\n  ready.loki: fast\n', 'telltale.yaml:2:15 "budgets.ready.loki" must be a number, and is "fast".'],
    ['services:\n  a: { ignore: maybe }\n', '"services.a.ignore" must be true or false'],
    ['services:\n  a: { credentials: { passwordEnv: "s3cr€t!" } }\n', 'not the secret.'],
    ['services:\n  a: { tenants: [x\n', 'This is not valid YAML'],
  ])('refuses %j with place and remedy', (text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it('does not repeat what stands where a secret does not belong', () => {
    expect(refusal('services:\n  a: { credentials: { passwordEnv: "s3cr€t!" } }\n')).not.toContain('s3cr€t');
  });
});
