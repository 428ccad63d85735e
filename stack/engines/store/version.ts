/** A version as engines and image tags write it. `minor` or `patch` undefined: `3`, `3.7`. */
export interface Version {
  readonly major: number;
  readonly minor?: number;
  readonly patch?: number;
  /** `rc.1` of `3.0.0-rc.1`. */
  readonly prerelease?: string;
}

/**
 * Reads `3.7.8`, `v3.7`, `3`, `3.0.0-rc.1`, `2.9.3-amd64`. Flavours such as `-distroless` or `-amd64` are no part of
 * the version. Anything else (`latest`, `main-1f2e3d`, a digest) gives undefined.
 */
export function parseVersion(text: string): Version | undefined {
  const match = /^v?(\d+)(?:\.(\d+)(?:\.(\d+))?)?(?:[-+~_](.+))?$/.exec(text.trim());
  if (match === null) return undefined;
  const [, major, minor, patch, suffix] = match;
  const prerelease = /^(rc|alpha|beta|pre)[.-]?\d*/i.exec(suffix ?? '')?.[0];
  // `2024` alone is a date, not a version.
  if (minor === undefined && Number(major) > 999) return undefined;
  return {
    major: Number(major),
    ...(minor === undefined ? {} : { minor: Number(minor) }),
    ...(patch === undefined ? {} : { patch: Number(patch) }),
    ...(prerelease === undefined ? {} : { prerelease: prerelease.toLowerCase() }),
  };
}

export function formatVersion(version: Version): string {
  const numbers = [version.major, version.minor, version.patch].filter((part) => part !== undefined).join('.');
  return version.prerelease === undefined ? numbers : `${numbers}-${version.prerelease}`;
}

/** Negative: `a` is older. Missing parts count as 0, a pre-release as older than its release. */
export function compareVersions(a: Version, b: Version): number {
  const numbers = a.major - b.major || (a.minor ?? 0) - (b.minor ?? 0) || (a.patch ?? 0) - (b.patch ?? 0);
  if (numbers !== 0 || a.prerelease === b.prerelease) return numbers;
  if (a.prerelease === undefined) return 1;
  if (b.prerelease === undefined) return -1;
  return a.prerelease.localeCompare(b.prerelease, 'en', { numeric: true });
}

/** Whether both are versions of one minor, as far as `asked` names one. */
export function sameMinor(asked: Version, found: Version): boolean {
  return asked.major === found.major && (asked.minor === undefined || asked.minor === found.minor);
}

/**
 * The version in what an engine prints of itself: `loki, version 3.7.8 (branch: …`, `otelcol version 0.161.0`,
 * `Version 11.2.0 (commit: …`. Undefined where it names none (a build without stamped version).
 */
export function versionInOutput(output: string): string | undefined {
  const match = /\bversion[:=]?\s+v?(\d+\.\d+(?:\.\d+)?(?:-(?:rc|alpha|beta)[.-]?\d*)?)/i.exec(output);
  return match?.[1] ?? /^v?(\d+\.\d+\.\d+)\S*$/m.exec(output.trim())?.[1];
}
