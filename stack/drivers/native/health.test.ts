import { describe, expect, it } from 'vitest';
import type { Healthcheck } from '../../definition/types.ts';
import { healthQuestion } from './health.ts';

const check = (...test: string[]): Healthcheck => ({
  test,
  intervalMs: 1,
  timeoutMs: 1,
  retries: 1,
  startPeriodMs: 0,
  disabled: false,
  at: { file: 'compose.yaml', line: 1, column: 1 },
});

const BASIC = `Basic ${Buffer.from('me:secret').toString('base64')}`;

describe('healthQuestion', () => {
  it.each([
    [
      check('CMD', 'wget', '-q', 'http://localhost:9090/-/ready'),
      { tls: false, port: 9090, path: '/-/ready', headers: {} },
    ],
    [
      check('CMD-SHELL', "curl -fsS 'http://localhost/ok' || exit 1"),
      { tls: false, port: 80, path: '/ok', headers: {} },
    ],
    [
      check('CMD-SHELL', 'wget --no-check-certificate https://localhost:3100/ready'),
      { tls: true, port: 3100, path: '/ready', headers: {} },
    ],
    [
      check('CMD', 'curl', '-u', 'me:secret', 'http://localhost:9090/'),
      { tls: false, port: 9090, path: '/', headers: { Authorization: BASIC } },
    ],
    [
      check('CMD', 'curl', 'http://me:secret@localhost:9090/'),
      { tls: false, port: 9090, path: '/', headers: { Authorization: BASIC } },
    ],
    [
      check('CMD-SHELL', "wget --header 'X-Scope-OrgID: a' http://localhost:3100/ready"),
      { tls: false, port: 3100, path: '/ready', headers: { 'X-Scope-OrgID': 'a' } },
    ],
    [
      check('CMD', 'curl', '-H', 'X-Scope-OrgID: a', 'http://localhost:3100/ready'),
      { tls: false, port: 3100, path: '/ready', headers: { 'X-Scope-OrgID': 'a' } },
    ],
  ])('%j', (given, question) => {
    expect(healthQuestion(given)).toEqual(question);
  });

  it('knows nothing of a check that asks nothing over HTTP', () => {
    expect(healthQuestion(check('CMD', '/usr/bin/loki', '-health'))).toBeUndefined();
    expect(healthQuestion(undefined)).toBeUndefined();
  });
});
