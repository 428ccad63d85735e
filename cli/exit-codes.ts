/** What a command's end means to a script; see the design's contract. */
export const EXIT = {
  /** Every MUST that applies passed. */
  ok: 0,
  /** A requirement failed, or a row regressed. */
  failed: 1,
  /** Words, compose files or `telltale.yaml` that Telltale itself cannot use. */
  usage: 2,
  /** Telltale or the machine could not do its work. */
  machine: 3,
  interrupted: 130,
} as const;
