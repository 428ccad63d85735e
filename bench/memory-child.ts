import { readFileSync } from 'node:fs';
import { closeSenders, senderNamed } from '../helpers/telemetry/senders/table.ts';
import { storyStart } from '../helpers/telemetry/story/clock.ts';
import { makeLoad } from '../helpers/telemetry/story/load.ts';
import { shopResources } from '../helpers/telemetry/story/shop.ts';
import type { MemoryFigure } from './memory.ts';
import { mustPush } from './push-story.ts';

/** Pushes TRACES traces with their log lines, chunk by chunk, and prints a `MemoryFigure`. */
const [tracesUrl = '', logsUrl = '', traces = ''] = process.argv.slice(2);
const startMiB = peakMiB();
const started = performance.now();
const sender = senderNamed('otlp-http-protobuf');
const resources = shopResources('memory');
let spans = 0;
let lines = 0;
for (const chunk of makeLoad({ runId: 'memory', t0Ms: storyStart(Date.now()), traces: Number(traces) })) {
  spans += await mustPush(sender, tracesUrl, { signal: 'traces', resources, spans: chunk.spans });
  lines += await mustPush(sender, logsUrl, { signal: 'logs', resources, logs: chunk.logs });
}
closeSenders();
const seconds = (performance.now() - started) / 1000;
const figure: MemoryFigure = { traces: Number(traces), spans, lines, seconds, peakMiB: peakMiB(), startMiB };
console.log(JSON.stringify(figure));

function peakMiB(): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kib) / 1024;
}
