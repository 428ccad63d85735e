/** Why no answer came. */
export type SendFailure = 'refused' | 'unresolved' | 'unreachable' | 'tls' | 'reset' | 'deadline' | 'aborted' | 'other';

/** A push that got no answer from the receiver. */
export class SendError extends Error {
  override readonly name = 'SendError';
  readonly url: string;
  readonly failure: SendFailure;
  /** The system's or library's code: `ECONNREFUSED`, `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly code: string | undefined;
  /** HTTP status, where an answer began and broke off. */
  readonly status: number | undefined;
  /** What of an answer was read, where one began. */
  readonly bodyExcerpt: string | undefined;

  constructor(options: {
    url: string;
    failure: SendFailure;
    detail: string;
    code?: string;
    status?: number;
    bodyExcerpt?: string;
    cause?: unknown;
  }) {
    super(`Nothing could be pushed to ${options.url}: ${sentenceOf(options.failure)} (${options.detail}).`, {
      cause: options.cause,
    });
    this.url = options.url;
    this.failure = options.failure;
    this.code = options.code;
    this.status = options.status;
    this.bodyExcerpt = options.bodyExcerpt;
  }
}

function sentenceOf(failure: SendFailure): string {
  switch (failure) {
    case 'refused':
      return 'nothing listens there';
    case 'unresolved':
      return 'the host name does not resolve';
    case 'unreachable':
      return 'the host cannot be reached';
    case 'tls':
      return 'the TLS handshake failed';
    case 'reset':
      return 'the connection broke off before an answer came';
    case 'deadline':
      return 'no answer came within the deadline';
    case 'aborted':
      return 'the push was called off';
    case 'other':
      return 'no answer came';
  }
}

/** What a system or library error code means. */
export function failureOf(code: string | undefined, detail: string): SendFailure {
  const text = `${code ?? ''} ${detail}`;
  if (/ECONNREFUSED/.test(text)) return 'refused';
  if (/ENOTFOUND|EAI_AGAIN|Name resolution failed/.test(text)) return 'unresolved';
  if (/EHOSTUNREACH|ENETUNREACH/.test(text)) return 'unreachable';
  if (/CERT|SSL|TLS|EPROTO|certificate|self.signed|altnames/i.test(text)) return 'tls';
  if (/ETIMEDOUT|ECONNABORTED|[Tt]imed? ?out|Deadline exceeded/.test(text)) return 'deadline';
  if (/ECONNRESET|EPIPE|socket hang up|aborted|HPE_|Protocol error|GOAWAY/.test(text)) return 'reset';
  return 'other';
}

/** Text cut to a size that fits a report. */
export function excerpt(text: string, length = 500): string {
  const trimmed = text.trim();
  return trimmed.length <= length ? trimmed : `${trimmed.slice(0, length)}…`;
}
