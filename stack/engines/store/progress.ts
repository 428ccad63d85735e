/** Says something about a long job at least every few seconds, whether or not the job itself says anything. */
export interface Progress {
  readonly signal?: AbortSignal;
  /** Short lines for people: what is being done, how far, how long. */
  readonly progress: (message: string) => void;
}

const silenceMs = 4_000;

/**
 * Runs a job and repeats what it is doing every 4 s, with the elapsed time.
 * @param describe what is being done now, without the time.
 */
export async function withHeartbeat<T>(
  describe: () => string,
  progress: (message: string) => void,
  job: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  const timer = setInterval(() => {
    progress(`${describe()} (${Math.round((Date.now() - start) / 1000)} s)`);
  }, silenceMs);
  try {
    return await job();
  } finally {
    clearInterval(timer);
  }
}
