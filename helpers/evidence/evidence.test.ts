import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Exchange } from '../clients/http-types.ts';
import { capture, httpEvidence } from './capture.ts';
import { curlLine } from './curl-line.ts';
import { cut, wellFormed } from './cut.ts';
import { logExcerpt } from './log-excerpt.ts';
import { isSecretHeader, REDACTED, redact } from './redact.ts';

const exchange = (over: Partial<Exchange> = {}): Exchange => ({
  request: { method: 'GET', url: 'http://h:1/q?query=up', headers: {} },
  response: { status: 200, headers: {}, body: '{}' },
  startedAt: 0,
  durationMs: 1,
  ...over,
});

describe('redact', () => {
  it.each([
    ['http://me:pw1234@host/x', 'http://‹redacted›@host/x'],
    ['dial https://tok3n@host:3100/loki failed', 'dial https://‹redacted›@host:3100/loki failed'],
    ['Authorization: Bearer abc.def-123', 'Authorization: ‹redacted›'],
    ['sent "Basic bWU6cHc=" to it', 'sent "Basic ‹redacted›" to it'],
    ['?password=hunter2&x=1', '?password=‹redacted›&x=1'],
    ['{"api_key": "k-1234", "n": 1}', '{"api_key": "‹redacted›", "n": 1}'],
    ['basic_auth:\n  username: me\n  password: hunter2\n', 'basic_auth:\n  username: me\n  password: ‹redacted›\n'],
    ['glsa_0123456789abcdef0123 and sk-0123456789abcdefXY', '‹redacted› and ‹redacted›'],
    ["bearer_token = 'x y z'", "bearer_token = '‹redacted›'"],
    ['GF_SECURITY_ADMIN_PASSWORD=admin', 'GF_SECURITY_ADMIN_PASSWORD=‹redacted›'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0x.c2lnbmF0dXJl', '‹redacted›'],
    ['a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb', 'a\n‹redacted›\nb'],
    ['-----BEGIN PRIVATE KEY-----\ncut off', '‹redacted›'],
  ])('%j', (text, safe) => {
    expect(redact(text)).toBe(safe);
  });

  it.each([
    'sum by (service_name) (rate(shop_orders_total{run="r1"}[1m]))',
    'http://127.0.0.1:9090/api/v1/query?query=up&time=1795362207.020',
    'password: <secret>',
    'Basic authentication failed: Bearer token missing, ghost_pods_of_a_long_name skipped_series_of_a_long_name',
    'max_tokens: 500, token_count=12',
    'user@example.com wrote to https://grafana.com/docs/@latest',
    '{"trace_id":"0102030405060708090a0b0c0d0e0f10"}',
  ])('leaves alone what is no secret: %j', (text) => {
    expect(redact(text)).toBe(text);
  });

  it('is the same the second time', () => {
    const once = redact('http://a:b@h/?token=xyz12 password: "p w" Bearer abcdef', ['xyz12']);
    expect(redact(once, ['xyz12'])).toBe(once);
  });

  it.each(['Authorization', 'cookie', 'X-Api-Key', 'X-Auth-Token', 'DD-API-KEY', 'X-Scope-Token'])(
    'knows the header %s',
    (name) => {
      expect(isSecretHeader(name)).toBe(true);
    },
  );

  it.each(['X-Scope-OrgID', 'Content-Type', 'X-Loki-Response-Encoding-Flags'])('knows %s for no secret', (name) => {
    expect(isSecretHeader(name)).toBe(false);
  });
});

describe('curlLine', () => {
  it('can be pasted into a shell', () => {
    const headers = { 'X-Scope-OrgID': 'team-a', Authorization: 'Bearer t', 'User-Agent': 'telltale' };
    const request = { method: 'POST', url: 'http://h/q?a=b&c=d', headers, body: "it's" } as const;
    expect(curlLine(request)).toBe(
      `curl -sS -H 'X-Scope-OrgID: team-a' -H 'Authorization: ${REDACTED}' --data-raw 'it'\\''s' 'http://h/q?a=b&c=d'`,
    );
    expect(curlLine({ method: 'DELETE', url: 'http://h/x', headers: {} })).toBe('curl -sS -X DELETE http://h/x');
  });

  it('names a binary body by its size', () => {
    const body = new Uint8Array(12);
    expect(curlLine({ method: 'POST', url: 'http://h/x', headers: {}, body })).toBe(
      'curl -sS --data-binary @body.bin http://h/x # 12 bytes',
    );
  });
});

describe('capture', () => {
  it('keeps what was asked and answered, repeated attempts once', () => {
    const captured = capture({ keep: 2 });
    captured.observer(exchange({ request: { method: 'GET', url: 'http://h/first', headers: {} } }));
    captured.observer(exchange());
    captured.observer(exchange({ response: { status: 503, headers: {}, body: 'busy' } }));
    captured.observer(exchange({ request: { method: 'GET', url: 'http://h/last', headers: {} } }));
    expect(captured.evidence()).toMatchObject([
      { kind: 'http', asked: "curl -sS 'http://h:1/q?query=up'", status: 503, answer: 'busy' },
      { asked: 'curl -sS http://h/last', status: 200, at: '1970-01-01T00:00:00.000Z' },
    ]);
    expect(captured.last()).toHaveLength(1);
  });

  it('shows the transport error where no answer came', () => {
    const { response: _, ...rest } = exchange({ error: 'GET http://h/ got no answer' });
    const evidence = httpEvidence(rest);
    expect(evidence).toMatchObject({ answer: 'GET http://h/ got no answer' });
    expect(evidence).not.toHaveProperty('status');
  });

  it('cuts the middle of a long answer and says how much', () => {
    const text = cut(`start${'x'.repeat(10_000)}end`, 100);
    expect(text).toMatch(/^startx+… \(9908 characters left out\) …x+end$/);
  });
});

describe('logExcerpt', () => {
  const line = (at: number, text: string) => ({ at, stream: 'stderr', text }) as const;

  it('keeps lines near the moment, those of trouble first, in their order', () => {
    const lines = [
      line(0, 'old'),
      line(9000, 'a'),
      line(9500, 'b'),
      line(10_000, 'level=error msg=x token=abcd1'),
      line(99_000, 'late'),
    ];
    const excerpt = logExcerpt(lines, { service: 'loki', aroundMs: 10_000, limit: 2 });
    expect(excerpt?.answer).toBe(`a\nlevel=error msg=x token=${REDACTED}`);
    expect(excerpt?.asked).toContain('the log of loki');
    expect(excerpt?.asked).toContain('(1 lines left out)');
  });

  it('is nothing where nothing was logged', () => {
    expect(logExcerpt([line(0, 'old')], { service: 'loki', aroundMs: 60_000 })).toBeUndefined();
  });
});

describe('a known secret', () => {
  const secret = fc
    .oneof(
      fc.string({ minLength: 6, maxLength: 40 }),
      fc.string({ unit: 'binary', minLength: 6, maxLength: 20 }),
      fc.base64String({ minLength: 8 }),
    )
    .filter((s) => s.trim().length >= 6 && !REDACTED.includes(s));
  const noise = fc.string({ maxLength: 60 });

  it('never survives, wherever it is put and however it is written', () => {
    fc.assert(
      fc.property(secret, noise, noise, fc.boolean(), (s, before, after, cutOff) => {
        const padding = cutOff ? 'x'.repeat(3000) : '';
        const around = (text: string) => `${before}${padding}${text}${after}${padding}`;
        const encoded = encodeURIComponent(wellFormed(s));
        const seen = exchange({
          request: {
            method: 'POST',
            url: `http://u:${encoded}@h/${encoded}?token=${encoded}&q=${encoded}`,
            headers: { Authorization: `Bearer ${s}`, 'X-Anything': around(s), Cookie: `a=${s}` },
            body: around(JSON.stringify({ deep: [{ value: s }] })),
          },
          response: { status: 200, headers: { 'set-cookie': s }, body: around(s) },
        });
        const captured = capture({ secrets: [s] });
        captured.observer(seen);
        const basic = Buffer.from(s).toString('base64');
        const log = logExcerpt([{ at: 0, stream: 'stdout', text: around(`${s} ${basic} ${encoded}`) }], {
          service: 'x',
          aroundMs: 0,
          secrets: [s],
        });
        for (const { asked, answer } of [...captured.evidence(), ...(log === undefined ? [] : [log])]) {
          for (const form of [s, encoded, basic, JSON.stringify(s).slice(1, -1)]) {
            expect(asked).not.toContain(form);
            expect(answer).not.toContain(form);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
