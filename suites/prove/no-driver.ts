import type { Driver, RunningStack } from '../../stack/drivers/types.ts';

/** Starts nothing: for requirements that the files alone decide. Whatever asks it for an engine is told so. */
export const noDriver: Driver = {
  name: 'attach',
  available: async () => ({ ok: true }),
  start: async (definition): Promise<RunningStack> => {
    const none = async (): Promise<void> => {};
    return {
      driver: 'attach',
      definition,
      limitations: [],
      engines: [],
      endpoint: () => undefined,
      state: async (service) => ({ service, status: 'running', restarts: 0 }),
      logs: async () => [],
      stop: none,
      kill: none,
      start: none,
      restart: none,
      pause: none,
      resume: none,
      cut: none,
      mend: none,
      replace: none,
      diskUsage: async () => ({}),
      dispose: none,
    };
  },
};
