/**
 * Which rules give a plain (unquoted) YAML scalar its type.
 * - `v3`: gopkg.in/yaml.v3 (compose, Tempo, Alloy's YAML, the Collector): `yes` is a string, `0644` is octal.
 * - `v2`: gopkg.in/yaml.v2 (Prometheus, Alertmanager, Loki): `yes/no/on/off/y/n` are booleans, `0644` is octal.
 * - `1.2`: the YAML 1.2 core schema (JSON included): `yes` is a string, `0644` is 644, no merge keys.
 */
export type YamlVersion = 'v3' | 'v2' | '1.2';

type ScalarValue = string | number | boolean | null;

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUE = new Set(['true', 'True', 'TRUE']);
const FALSE = new Set(['false', 'False', 'FALSE']);
const TRUE_V2 = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']);
const FALSE_V2 = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']);
const INFINITY = /^[-+]?\.(inf|Inf|INF)$/;
const NAN = /^\.(nan|NaN|NAN)$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const GO_INTEGER = /^([-+]?)(?:0([xX])([0-9a-fA-F]+)|0([bB])([01]+)|0([oO])([0-7]+)|(0)([0-7]+)|(0|[1-9][0-9]*))$/;
const CORE_INTEGER = /^(?:([-+]?[0-9]+)|0o([0-7]+)|0x([0-9a-fA-F]+))$/;
/** Integers past this need `raw`: a double cannot hold them. */
const NUMERIC_START = /^[-+.0-9]/;

/** The value of a plain scalar. Timestamps stay strings. */
export function resolvePlain(text: string, version: YamlVersion): ScalarValue {
  if (NULLS.has(text)) return null;
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  if (version === 'v2') {
    if (TRUE_V2.has(text)) return true;
    if (FALSE_V2.has(text)) return false;
  }
  if (!NUMERIC_START.test(text)) return text;
  if (INFINITY.test(text)) return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (NAN.test(text)) return Number.NaN;
  return (version === '1.2' ? coreNumber(text) : goNumber(text)) ?? text;
}

/** The value of a scalar under an explicit core tag (`!!str`, `!!int`, …), or undefined where it does not fit. */
export function resolveTagged(text: string, tag: string, version: YamlVersion): ScalarValue | undefined {
  const plain = resolvePlain(text, version);
  switch (tag) {
    case 'str':
    case 'binary':
    case 'timestamp':
      return text;
    case 'int':
      return typeof plain === 'number' && Number.isInteger(plain) ? plain : undefined;
    case 'float':
      return typeof plain === 'number' ? plain : undefined;
    case 'bool':
      return typeof plain === 'boolean' ? plain : undefined;
    case 'null':
      return plain === null ? null : undefined;
    default:
      return text;
  }
}

function coreNumber(text: string): number | undefined {
  const match = CORE_INTEGER.exec(text);
  if (match) {
    if (match[2] !== undefined) return Number.parseInt(match[2], 8);
    if (match[3] !== undefined) return Number.parseInt(match[3], 16);
    return Number(text);
  }
  return FLOAT.test(text) ? Number(text) : undefined;
}

/** As Go's `strconv.ParseInt(text, 0, 64)` and `ParseFloat`, underscores dropped. */
function goNumber(text: string): number | undefined {
  if (text.startsWith('.') && text.includes('_')) return undefined;
  const plain = text.replaceAll('_', '');
  const match = GO_INTEGER.exec(plain);
  if (match) {
    const [, sign, , hex, , binary, , octal, , oldOctal, decimal] = match;
    const size =
      hex !== undefined
        ? Number.parseInt(hex, 16)
        : binary !== undefined
          ? Number.parseInt(binary, 2)
          : Number.parseInt(octal ?? oldOctal ?? decimal ?? '', decimal === undefined ? 8 : 10);
    return sign === '-' ? -size : size;
  }
  return FLOAT.test(plain) ? Number(plain) : undefined;
}
