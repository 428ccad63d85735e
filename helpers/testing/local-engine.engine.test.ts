import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startAlertmanager, startCollector, startLoki, startPrometheus, startTempo } from './engines.ts';
import { findTestEngine, skipNote } from './find-test-engine.ts';
import { startLocalEngine } from './local-engine.ts';

const starters = {
  prometheus: startPrometheus,
  loki: startLoki,
  otelcol: startCollector,
  alertmanager: startAlertmanager,
  tempo: startTempo,
};

describe('local engines', () => {
  for (const [name, start] of Object.entries(starters)) {
    const engine = findTestEngine(name);
    it.skipIf(engine === undefined)(
      `starts ${name}, and leaves nothing${skipNote(engine, name)}`,
      async () => {
        const running = await start();
        expect(existsSync(running.dir)).toBe(true);
        expect(running.url).toBe(`http://127.0.0.1:${running.ports.http}`);
        await running.stop();
        await running.stop();
        expect(existsSync(running.dir)).toBe(false);
        expect(() => process.kill(running.pid, 0)).toThrow('ESRCH');
      },
      60_000,
    );
  }

  const prometheus = findTestEngine('prometheus');
  it.skipIf(prometheus === undefined)(
    `quotes the log of an engine that refuses its configuration${skipNote(prometheus, 'prometheus')}`,
    async () => {
      await expect(startPrometheus({ config: 'globall: {}' })).rejects.toThrow(/exited with code[\s\S]*globall/);
    },
  );

  it('says so when there is no such program', async () => {
    const start = startLocalEngine({ name: 'x', binary: '/nowhere/x', args: [], readyUrl: 'http://127.0.0.1:1/' });
    await expect(start).rejects.toThrow(/^x (exited|could not be started)/);
  });
});
