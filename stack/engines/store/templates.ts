import { MachineError } from '../../drivers/types.ts';
import { formatVersion, type Version } from './version.ts';

/**
 * Fills the placeholders of the catalog's addresses, module versions and linker flags:
 * `{version}`, `{major}`, `{minor}`, `{patch}`, `{os}`, `{arch}` (Go's names), and `{prometheusMinor}`, the
 * numbering of Prometheus' Go module, where 2.54.1 is v0.54.1 and 3.16.0 is v0.316.0.
 */
export function fillTemplate(template: string, version: Version, platform: Platform = hostPlatform()): string {
  const minor = version.minor ?? 0;
  const values: Record<string, string> = {
    version: formatVersion(version),
    major: String(version.major),
    minor: String(minor),
    patch: `${version.patch ?? 0}${version.prerelease === undefined ? '' : `-${version.prerelease}`}`,
    prometheusMinor: String(version.major === 2 ? minor : version.major * 100 + minor),
    os: platform.os,
    arch: platform.arch,
  };
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** This machine, in Go's names. */
export function hostPlatform(): Platform {
  const arch: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm: 'arm', ia32: '386' };
  return { os: process.platform === 'win32' ? 'windows' : process.platform, arch: arch[process.arch] ?? process.arch };
}

/**
 * Refuses a version that the module path cannot hold: a path ending in `/v3` has versions 3.x.y only
 * (https://go.dev/ref/mod#major-version-suffixes).
 * @throws MachineError with the reason.
 */
export function checkModuleMajor(module: string, moduleVersion: string, remedy: string): void {
  const suffix = /\/v(\d+)$/.exec(module)?.[1];
  const major = /^v(\d+)\./.exec(moduleVersion)?.[1];
  if (major === undefined || (suffix === undefined ? Number(major) <= 1 : suffix === major)) return;
  throw new MachineError(`The Go module ${module} has no ${moduleVersion}: its path holds other major versions only.`, {
    remedy,
  });
}
