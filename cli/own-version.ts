import { readFileSync } from 'node:fs';

/** Telltale's own version, from its package. Source and compiled files lie at different depths below it. */
export function ownVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    const version = versionIn(new URL(path, import.meta.url));
    if (version !== undefined) return version;
  }
  return '0.0.0';
}

function versionIn(url: URL): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(url, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('name' in parsed) || !('version' in parsed)) return undefined;
  return parsed.name === 'telltale' ? String(parsed.version) : undefined;
}
