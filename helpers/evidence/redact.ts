import { wellFormed } from './cut.ts';

/** What stands in for a secret. */
export const REDACTED = '‹redacted›';

/** Names of headers whose value is a secret whatever it is. */
const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|apikey|x-auth-token|x-access-token|x-grafana-api-key|x-vault-token|x-amz-security-token|x-goog-api-key|private-token|x-csrf-token)$/i;

/** Words that make the value behind them a secret: `password=…`, `"api_key": "…"`, `bearer_token: …`. */
const SECRET_WORD =
  '(?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|signing[_-]?key|account[_-]?key|session[_-]?id)';

/** Shortest value that is looked for as such: shorter ones would blot out ordinary text. */
const SHORTEST_SECRET = 4;

export function isSecretHeader(name: string): boolean {
  return SECRET_HEADERS.test(name) || new RegExp(`${SECRET_WORD}$`, 'i').test(name);
}

/**
 * Takes secrets out of a text that goes into results or onto a terminal: the values given (also percent-encoded,
 * base64, JSON-escaped and as basic credentials), user names and passwords in URLs, bearer and basic tokens, values of
 * parameters and keys that sound like secrets, JSON Web Tokens, and PEM private keys.
 * @param secrets values known to be secret; those shorter than 4 characters are taken out as whole words only.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return byShape(byValue(text, secrets));
}

/** Headers with the values of those that carry credentials taken out, the others redacted as text. */
export function redactHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[] = [],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, isSecretHeader(name) ? REDACTED : redact(value, secrets)]),
  );
}

/** Only values that are known to be secret: for sentences of our own, which may speak of `password: …` in general. */
export function redactValues(text: string, secrets: readonly string[]): string {
  return byValue(text, secrets);
}

function byValue(text: string, secrets: readonly string[]): string {
  // Longest first: a secret that contains another must not leave its own ends behind.
  const forms = [...new Set(secrets.filter((secret) => secret !== '').flatMap(formsOf))].sort(
    (a, b) => b.length - a.length,
  );
  return forms.reduce((rest, form) => {
    if (form.length >= SHORTEST_SECRET) return rest.replaceAll(form, REDACTED);
    return rest.replace(new RegExp(`(?<![\\w])${escapeRegExp(form)}(?![\\w])`, 'g'), REDACTED);
  }, text);
}

/** A secret as it can turn up in URLs, JSON, headers and shell lines. */
function formsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    encoded(secret),
    encoded(secret).replaceAll('%20', '+'),
    encoded(json),
    secret.replaceAll("'", String.raw`'\''`),
    ...(base64.length >= 8
      ? [base64, base64.replace(/=+$/, ''), Buffer.from(secret, 'utf8').toString('base64url')]
      : []),
  ];
}

function encoded(text: string): string {
  return encodeURIComponent(wellFormed(text));
}

function byShape(text: string): string {
  return text
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED)
    .replace(/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>@]+(?::[^\s/?#"'<>]*)?@/gi, `$1${REDACTED}@`)
    .replace(/\b(Bearer|Basic|Digest|Negotiate)(\s+)(?=\S*[0-9A-Z=])[A-Za-z0-9._~+/=-]{4,}/g, `$1$2${REDACTED}`)
    .replace(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, REDACTED)
    .replace(/\b(?:(?:glsa|glc|ghp|gho|github_pat|sk_live|xox[abp])_|xox[abp]-|sk-|AKIA)[A-Za-z0-9_-]{16,}/g, REDACTED)
    .replace(
      new RegExp(String.raw`(${SECRET_WORD}["']?[ \t]*[:=][ \t]*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s&,;"'}\])]+)`, 'gi'),
      keep,
    )
    .replace(/(\b(?:authorization|cookie|set-cookie|x-api-key)["']?[ \t]*[:=][ \t]*)([^\r\n"']+)/gi, keep);
}

/** Settings that only sound like secrets, and what stands for one already. */
const HARMLESS = /^["']?(?:true|false|null|none|\d{1,3}|‹redacted›.*|<secret>|\*+|\$\{?\w+\}?)["']?$/i;

function keep(_whole: string, name: string, value: string): string {
  if (HARMLESS.test(value)) return `${name}${value}`;
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${name}${quote}${REDACTED}${quote}`;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
