import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkModuleMajor, fillTemplate } from './templates.ts';
import { compareVersions, formatVersion, parseVersion, sameMinor, type Version, versionInOutput } from './version.ts';

const version = (text: string): Version => {
  const parsed = parseVersion(text);
  if (parsed === undefined) throw new Error(`${text} is no version`);
  return parsed;
};

describe('parseVersion', () => {
  it.each([
    ['3.7.8', { major: 3, minor: 7, patch: 8 }],
    ['v3.7', { major: 3, minor: 7 }],
    ['3', { major: 3 }],
    ['v3.0.0-rc.1', { major: 3, minor: 0, patch: 0, prerelease: 'rc.1' }],
    ['2.9.3-amd64', { major: 2, minor: 9, patch: 3 }],
    ['v3.16.0-distroless', { major: 3, minor: 16, patch: 0 }],
    ['11.2.0-ubuntu', { major: 11, minor: 2, patch: 0 }],
  ])('reads %s', (text, expected) => {
    expect(parseVersion(text)).toEqual(expected);
  });

  it.each(['latest', 'main-1f2e3d', 'k245-abc', '', '20240101', 'sha-1.2'])('finds none in "%s"', (text) => {
    expect(parseVersion(text)).toBeUndefined();
  });

  it('reads back what it formats, and orders like numbers', () => {
    const part = fc.nat({ max: 400 });
    fc.assert(
      fc.property(part, part, part, part, (major, minor, patch, other) => {
        const one = { major, minor, patch };
        expect(parseVersion(formatVersion(one))).toEqual(one);
        expect(Math.sign(compareVersions(one, { major, minor, patch: other }))).toBe(Math.sign(patch - other));
      }),
    );
  });
});

describe('comparison', () => {
  it('puts a release after its candidates', () => {
    expect(compareVersions(version('3.0.0'), version('3.0.0-rc.1'))).toBeGreaterThan(0);
    expect(compareVersions(version('3.0.0-rc.10'), version('3.0.0-rc.9'))).toBeGreaterThan(0);
  });

  it('knows a minor', () => {
    expect(sameMinor(version('3.7'), version('3.7.8'))).toBe(true);
    expect(sameMinor(version('3.7.1'), version('3.8.1'))).toBe(false);
    expect(sameMinor(version('3'), version('3.8.1'))).toBe(true);
  });
});

describe('versionInOutput', () => {
  it.each([
    ['prometheus, version 3.16.0 (branch: , revision: unknown)\n  go version:       go1.26.8', '3.16.0'],
    ['otelcol-contrib version 0.96.0', '0.96.0'],
    ['alloy, version v1.18.1 (branch: HEAD)', '1.18.1'],
    ['Version 11.2.0 (commit: 2a88694fd3, branch: HEAD)', '11.2.0'],
    ['grafana version 12.0.0-rc.1', '12.0.0-rc.1'],
    ['2.40.3', '2.40.3'],
  ])('reads %j', (output, expected) => {
    expect(versionInOutput(output)).toBe(expected);
  });

  it('is not misled by the version of Go', () => {
    expect(versionInOutput('loki, version  (branch: , revision: )\n  go version:       go1.26.8\n')).toBeUndefined();
  });
});

describe('fillTemplate', () => {
  it.each([
    ['2.54.1', 'v0.54.1'],
    ['3.5.0', 'v0.305.0'],
    ['3.16.0', 'v0.316.0'],
    ['3.14.0-rc.0', 'v0.314.0-rc.0'],
  ])('numbers the module of Prometheus %s', (text, expected) => {
    expect(fillTemplate('v0.{prometheusMinor}.{patch}', version(text))).toBe(expected);
  });

  it('fills addresses', () => {
    expect(fillTemplate('x-{version}.{os}-{arch}', version('1.2.3'), { os: 'linux', arch: 'arm64' })).toBe(
      'x-1.2.3.linux-arm64',
    );
  });
});

describe('checkModuleMajor', () => {
  it('refuses a major that the path cannot hold', () => {
    expect(() => checkModuleMajor('example.com/loki/v3', 'v2.9.0', '')).toThrow('has no v2.9.0');
    expect(() => checkModuleMajor('example.com/tool', 'v2.0.0', '')).toThrow('has no v2.0.0');
  });

  it('takes those that it can', () => {
    expect(() => checkModuleMajor('example.com/loki/v3', 'v3.7.8', '')).not.toThrow();
    expect(() => checkModuleMajor('example.com/tool', 'v0.316.0', '')).not.toThrow();
  });
});
