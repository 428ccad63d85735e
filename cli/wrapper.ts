/** Where the machine's own Node is too old, `bin.mjs` starts another one and names itself in this variable. */
const WRAPPER = 'TELLTALE_WRAPPER';
const LOOK_MS = 200;

/** Ends this process, as SIGTERM does, when the wrapper that started it is gone: `kill -9` of it must leave nothing. */
export function endWithWrapper(): void {
  const wrapper = Number(process.env[WRAPPER] ?? 0);
  delete process.env[WRAPPER];
  if (wrapper === 0) return;
  const looking = setInterval(() => {
    if (process.ppid === wrapper) return;
    clearInterval(looking);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_MS);
  looking.unref();
}
