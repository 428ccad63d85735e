import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BenchEngines } from './engines.ts';

export const MEMORY_LIMIT_MIB = 300;

export interface MemoryFigure {
  readonly traces: number;
  readonly spans: number;
  readonly lines: number;
  readonly seconds: number;
  /** The most that the process ever had in memory (`VmHWM`), Node itself included. */
  readonly peakMiB: number;
  /** The same before the first chunk: Node and our modules. */
  readonly startMiB: number;
}

const PROGRAM = join(import.meta.dirname, 'memory-child.ts');

/** A process of its own makes and pushes that many traces and their log lines. */
export async function measureMemory(engines: BenchEngines, traces: number): Promise<MemoryFigure> {
  const { tempo, collector, loki } = engines;
  const tracesUrl = `http://127.0.0.1:${(tempo ?? collector).ports.otlpHttp}/v1/traces`;
  const logsUrl = `${loki.url}/otlp/v1/logs`;
  const words = [PROGRAM, tracesUrl, logsUrl, String(traces)];
  const { stdout } = await promisify(execFile)(process.execPath, words, { timeout: 300_000 });
  return JSON.parse(stdout);
}
