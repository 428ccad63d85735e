import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];

/** A new directory that `removeTemporary` takes away. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'telltale-bad-input-'));
  made.push(directory);
  return directory;
}

/** For `afterEach`. */
export function removeTemporary(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

/** Writes files by relative path into a new directory. */
export function writeStack(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), content);
  }
  return directory;
}

/** The smallest stack that passes: one Prometheus, ready in a third of a second. */
export function tinyStack(files: Readonly<Record<string, string>> = {}): string {
  return writeStack({ 'compose.yaml': TINY_COMPOSE, 'prometheus.yml': TINY_PROMETHEUS, ...files });
}

export const TINY_COMPOSE = `services:
  meters:
    image: prom/prometheus:v3.16.0
    command: [--config.file=/etc/prometheus/prometheus.yml, --web.enable-otlp-receiver]
    ports: ["127.0.0.1:9090:9090"]
    volumes:
      - ./prometheus.yml:/etc/prometheus/prometheus.yml:ro
`;

export const TINY_PROMETHEUS = 'global:\n  scrape_interval: 1s\n';
