import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEventsFile, readEventsFile } from './events-file.ts';
import { sampleRun } from './testing/sample-run.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'telltale-reports-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const path = () => join(directory, 'out', 'events.ndjson');

function written() {
  const file = createEventsFile(path());
  for (const event of sampleRun()) file.append(event);
  return file;
}

it('gives back what was written, without waiting for the end', () => {
  const file = written();
  expect(readEventsFile(path())).toEqual({ events: sampleRun(), torn: false });
  file.close();
  file.close();
  file.append({ type: 'note', at: '2026-11-22T12:00:00.000Z', message: 'too late' });
  expect(readEventsFile(path()).events).toHaveLength(sampleRun().length);
});

it('leaves out a last line that is torn anywhere', () => {
  written().close();
  const whole = readFileSync(path());
  const lastLine = whole.subarray(0, -1).lastIndexOf('\n') + 1;
  for (let end = lastLine + 1; end < whole.length - 1; end += 7) {
    writeFileSync(path(), whole.subarray(0, end));
    expect(readEventsFile(path())).toEqual({ events: sampleRun().slice(0, -1), torn: true });
  }
});

it('says where a file is wrong', () => {
  written().close();
  appendFileSync(path(), '{"type":"note",\n{"type":"note","at":"2026-11-22T12:00:00Z","message":"m"}\n');
  expect(() => readEventsFile(path())).toThrow(/events\.ndjson:108: this line is not JSON/);
  writeFileSync(path(), '{"type":"row","at":"2026-11-22T12:00:00Z","row":{"id":"A"}}\n');
  expect(() => readEventsFile(path())).toThrow(
    /events\.ndjson:1: this is not an event that Telltale knows: \/row must have required property/,
  );
  writeFileSync(path(), '{"type":"party","at":"2026-11-22T12:00:00Z"}\n');
  expect(() => readEventsFile(path())).toThrow(/is not an event that Telltale knows: .*party/);
  expect(() => readEventsFile(join(directory, 'none'))).toThrow(/none cannot be read: there is no such file/);
});

it('loses nothing to kill -9', async () => {
  const module = fileURLToPath(new URL('./events-file.ts', import.meta.url));
  const code = `import { createEventsFile } from ${JSON.stringify(module)};
    const file = createEventsFile(${JSON.stringify(path())});
    for (let i = 0; i < 1000; i += 1) file.append({ type: 'note', at: '2026-11-22T12:00:00Z', message: 'n' + i });
    process.stdout.write('written'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const ended = new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
  const { events, torn } = readEventsFile(path());
  expect(events).toHaveLength(1000);
  expect(torn).toBe(false);
});

it('says why a file cannot be made', () => {
  writeFileSync(join(directory, 'out'), '');
  expect(() => createEventsFile(path())).toThrow(
    /out\/events\.ndjson cannot be written: a file of that name is in the way|a part of the path is not a directory/,
  );
});
