import type { LogRecord, Span } from '../types.ts';
import { msOf, nsOf, STORY_MS } from './clock.ts';
import { accessLine, colouredLine, jsonLine, logfmtLine, packedLine } from './lines.ts';
import { logRecord, type SeverityName } from './log-builder.ts';
import { userOf } from './shop.ts';

/**
 * The lines that follow from spans, so that each can be found from its trace and the other way round: `api` writes
 * JSON, `frontend` logfmt and an access line, `payment` plain text, `batch` packed lines.
 */
export function logsOfSpans(runId: string, spans: readonly Span[]): readonly LogRecord[] {
  return spans.flatMap((span) => {
    switch (span.name) {
      case 'products.get':
      case 'orders.create':
        return [apiLog(runId, span)];
      case 'GET /products/{id}':
      case 'POST /checkout':
        return frontendLogs(runId, span);
      case 'payment.charge':
        return [paymentLog(runId, span)];
      case 'nightly report':
        return [batchLog(runId, span)];
      default:
        return [];
    }
  });
}

function durationMs(span: Span): number {
  return msOf(span.endNs - span.startNs);
}

function who(span: Span): { user_id: string; request_id: string } {
  return { user_id: String(span.attributes.user_id), request_id: String(span.attributes.request_id) };
}

function apiLog(runId: string, span: Span): LogRecord {
  const failed = span.status === 'error';
  const took = durationMs(span);
  const severity: SeverityName = failed ? 'error' : took > 1_000 ? 'warn' : 'info';
  return logRecord(runId, {
    service: 'api',
    span,
    timeNs: span.endNs,
    severity,
    format: 'json',
    attributes: who(span),
    body: jsonLine({
      level: severity,
      msg: failed ? 'order failed' : span.name === 'orders.create' ? 'order placed' : 'product shown',
      run: runId,
      ...who(span),
      trace_id: span.traceId,
      duration_ms: took,
      took: `${took / 1_000}s`,
      size: `${took}KB`,
      items: span.attributes['cart.items'] ?? [],
      http: { method: span.name === 'orders.create' ? 'POST' : 'GET', status: failed ? 502 : 200 },
      cached: span.attributes['cache.hit'] ?? false,
    }),
  });
}

function frontendLogs(runId: string, span: Span): readonly LogRecord[] {
  const status = Number(span.attributes['http.response.status_code']);
  const severity: SeverityName = status >= 500 ? 'error' : 'info';
  const { user_id, request_id } = who(span);
  const number = Number(request_id.slice(4));
  const path = String(span.attributes['url.path'] ?? '/checkout');
  const method = String(span.attributes['http.request.method']);
  const ip = `10.0.${number % 4}.${number % 250}`;
  const bytes = 1_024 * (1 + (number % 8));
  return [
    logRecord(runId, {
      service: 'frontend',
      span,
      timeNs: span.startNs,
      severity,
      format: 'logfmt',
      attributes: { user_id, request_id, 'http.response.status_code': status },
      body: logfmtLine({
        level: severity,
        msg: `${method} ${path}`,
        status,
        duration: `${durationMs(span)}ms`,
        bytes: `${bytes / 1_024}KiB`,
        ip,
        user_id,
        request_id,
        trace_id: span.traceId,
        run: runId,
      }),
    }),
    logRecord(runId, {
      service: 'frontend',
      timeNs: span.endNs,
      severity,
      format: 'access',
      attributes: { user_id, request_id },
      body: accessLine({ ip, user: user_id, atMs: msOf(span.endNs), method, path, status, bytes, run: runId }),
    }),
  ];
}

function paymentLog(runId: string, span: Span): LogRecord {
  const failed = span.status === 'error';
  const { user_id, request_id } = who(span);
  const verb = failed ? 'refused' : 'charged';
  return logRecord(runId, {
    service: 'payment',
    span,
    timeNs: span.endNs,
    severity: failed ? 'error' : 'info',
    format: 'plain',
    attributes: { user_id, request_id, attempt: span.attributes.attempt ?? 1 },
    body: `[${failed ? 'ERROR' : 'INFO'}] card ${verb} for ${user_id}: ${span.attributes['payment.amount']} EUR (${request_id}, run ${runId})`,
  });
}

function batchLog(runId: string, span: Span): LogRecord {
  const number = String(span.attributes['job.number']);
  return logRecord(runId, {
    service: 'batch',
    span,
    timeNs: span.endNs,
    severity: 'info',
    format: 'packed',
    body: packedLine({ job_number: number, stage: 'report', run: runId }, `report ${number} written`),
  });
}

/**
 * Lines that belong to no request, every 5 s over the whole story (25 times): `database` alternates severities,
 * `worker` writes in colours; at fixed places those that parsers stumble over.
 */
export function standingLogs(runId: string, t0Ms: number, errors: boolean): readonly LogRecord[] {
  const logs: LogRecord[] = [];
  const severities: readonly SeverityName[] = errors
    ? ['debug', 'info', 'info', 'warn', 'error']
    : ['debug', 'info', 'info', 'info', 'debug'];
  for (let beat = 0; beat < STORY_MS / 5_000; beat++) {
    const timeNs = nsOf(t0Ms + beat * 5_000);
    const severity = severities[beat % severities.length] ?? 'info';
    logs.push(
      logRecord(runId, {
        service: 'database',
        timeNs,
        severity,
        format: 'plain',
        attributes: { pid: 4_000 + beat },
        body: `${severity.toUpperCase()}: checkpoint ${beat} complete: wrote ${beat * 8} buffers run=${runId}`,
      }),
      logRecord(runId, {
        service: 'worker',
        timeNs,
        severity: 'info',
        format: 'coloured',
        attributes: { user_id: userOf(beat) },
        body: colouredLine('INFO', `mail ${beat} sent to ${userOf(beat)} run=${runId}`),
      }),
    );
  }
  return [...logs, ...oddLogs(runId, t0Ms, errors)];
}

/** One of each: lines that are broken, long, multi-line, in other scripts, full of quotes. */
function oddLogs(runId: string, t0Ms: number, errors: boolean): readonly LogRecord[] {
  const bodies: readonly (readonly [format: string, body: string])[] = [
    ['json-broken', `{"level":"info","msg":"cut off","run":"${runId}","n":`],
    ['json-deep', jsonLine({ a: { b: { c: { d: 1, e: [1, 2, { f: 'g' }] } } }, run: runId, 'odd key-name': 'x y' })],
    ['logfmt-broken', `level=info msg="unterminated run=${runId}`],
    ['unicode', `søk på «kompass» ⚓ 羅針盤 run=${runId}`],
    ['quotes', `say "hello" \\ and \`goodbye\` {not="labels"} run=${runId}`],
    ['multi-line', `first line run=${runId}\n  second line\n  third line`],
    ['long', `long run=${runId} ${'0123456789'.repeat(400)}`],
    ['tabs', `col1\tcol2\trun=${runId}`],
  ];
  const logs = bodies.map(([format, body], index) =>
    logRecord(runId, { service: 'batch', timeNs: nsOf(t0Ms + 30_000 + index * 1_000), severity: 'info', format, body }),
  );
  const trace = logRecord(runId, {
    service: 'database',
    timeNs: nsOf(t0Ms + 1_000),
    severity: 'trace',
    format: 'plain',
    body: `TRACE: enter run=${runId}`,
  });
  if (!errors) return [...logs, trace];
  const fatal = logRecord(runId, {
    service: 'database',
    timeNs: nsOf(t0Ms + 59_000),
    severity: 'fatal',
    format: 'plain',
    body: `FATAL: too many connections run=${runId}`,
  });
  return [...logs, trace, fatal];
}
