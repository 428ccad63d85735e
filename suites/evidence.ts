import type { Observer } from '../helpers/clients/http-types.ts';
import type { Evidence } from '../schemas/results.ts';

/** Collects what one row asked and what came back; `helpers/evidence` makes it, redacted. */
export interface EvidenceCapture {
  readonly observer: Observer;
  /** Anything that is not HTTP: a gRPC call, a state, a log excerpt. */
  add(evidence: Evidence): void;
  /** The most telling pieces, newest last. */
  list(): readonly Evidence[];
}
