import fc from 'fast-check';
import { type Evidence, type ResultRow, VERDICTS } from '../../schemas/results.ts';
import { identityOf } from '../identity.ts';

/** What engines and users really put into text: escape sequences, markup, wide characters, half characters. */
const nasty = fc.constantFrom(
  '\x1b[31mred\x1b[0m',
  '\x1b]8;;http://x\x07link\x1b]8;;\x07',
  '\x07\x00\x9b2J',
  '</script><script>alert(1)</script>',
  ']]>&amp;<!--',
  "' onmouseover='alert(1)",
  '| a | b |\n\n# heading\n```',
  '日本語のログ行',
  '👩‍👩‍👧‍👦🇩🇪',
  'e\u0301\u0301\u0301',
  '\u202eright to left',
  '\ud800',
  '\ufffe\uffff',
  'a\r\nb\rc\td',
  'x'.repeat(300),
  '$(rm -rf /) `id` "quoted" \\',
);

export const text = fc
  .array(fc.oneof(nasty, fc.string(), fc.string({ unit: 'binary' }), fc.lorem({ maxCount: 8 })), { maxLength: 4 })
  .map((parts) => parts.join(' '));

const name = fc.oneof(
  fc.stringMatching(/^[A-Z]{3,10}-[A-Z]{3,8}-\d\d$/),
  text.map((words) => words || 'X-01'),
);

const evidence: fc.Arbitrary<Evidence> = fc.record(
  {
    kind: fc.constantFrom('http', 'grpc', 'log', 'state', 'file', 'command'),
    asked: text,
    status: fc.oneof(fc.nat(), text),
    answer: text,
  },
  { requiredKeys: ['kind', 'asked'] },
);

export const row: fc.Arbitrary<ResultRow> = fc.record(
  {
    id: name,
    subject: fc.oneof(fc.constantFrom('gateway', 'logstore', 'metricstore/tenant-a'), text),
    column: fc.oneof(fc.constantFrom('', 'otlp-grpc', 'otlp-http-protobuf'), text),
    area: fc.oneof(fc.constantFrom('readiness', 'ingest', 'promql'), text),
    level: fc.constantFrom('MUST', 'SHOULD', 'MAY'),
    title: text,
    verdict: fc.constantFrom(...VERDICTS),
    durationMs: fc.nat(),
    message: text,
    because: text,
    evidence: fc.array(evidence, { maxLength: 5 }),
    remedy: text,
    promised: text,
    expected: text,
    got: text,
    blockedBy: text,
    source: text,
  },
  {
    requiredKeys: [
      'id',
      'subject',
      'column',
      'area',
      'level',
      'title',
      'verdict',
      'durationMs',
      'message',
      'because',
      'evidence',
    ],
  },
);

/** Unique by (id, subject, column), as in a run. */
export const rows = fc.uniqueArray(row, { selector: identityOf, maxLength: 25 });
