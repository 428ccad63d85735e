/** `3.7.8`, `v3.7`, `2.53.0-rc.1` as numbers; undefined for what does not begin with a number. */
export function versionNumbers(text: string): readonly number[] | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : match.slice(1).map((part) => Number(part ?? 0));
}

/** Negative where `left` is the older. Pre-release suffixes are left out; unreadable versions count as newest. */
export function compareVersions(left: string, right: string): number {
  const a = versionNumbers(left) ?? [Number.POSITIVE_INFINITY];
  const b = versionNumbers(right) ?? [Number.POSITIVE_INFINITY];
  for (let index = 0; index < 3; index++) {
    const x = a[index] ?? 0;
    const y = b[index] ?? 0;
    if (x !== y) return x - y;
  }
  return 0;
}

export function atLeast(version: string, minimum: string): boolean {
  return compareVersions(version, minimum) >= 0;
}

/** True where `version` is of a later minor than `table`: what is unknown to the table may exist. */
export function isNewerMinor(version: string, table: string): boolean {
  const [major = 0, minor = 0] = versionNumbers(version) ?? [Number.POSITIVE_INFINITY];
  const [tableMajor = 0, tableMinor = 0] = versionNumbers(table) ?? [];
  return major > tableMajor || (major === tableMajor && minor > tableMinor);
}
