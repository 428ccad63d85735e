/** How one requirement was seen to fail, or that it was not. */
export interface Proof {
  readonly id: string;
  readonly by: 'proxy' | 'mutation' | 'deed';
  /** The row that was made to fail. */
  readonly row: string;
  /** What was altered: an alteration and its datum, or a line of a configuration. */
  readonly what: string;
  /** The message of the failing row. */
  readonly message: string;
}

/** The outcome of `npm run prove`, kept in `suites/proof.json`. */
export interface ProofFile {
  readonly schemaVersion: 1;
  readonly madeAt: string;
  readonly stack: string;
  readonly engines: readonly string[];
  /** Rows that were tried, and how many of them were seen to fail. */
  readonly rows: { readonly tried: number; readonly proved: number };
  /** Alterations of single data that were tried, and how many were noticed, by name. */
  readonly alterations: Readonly<Record<string, { readonly tried: number; readonly noticed: number }>>;
  /** One for each requirement. */
  readonly proofs: readonly Proof[];
  /** Rows that no alteration or mutation has made to fail. */
  readonly unproved: readonly string[];
}
