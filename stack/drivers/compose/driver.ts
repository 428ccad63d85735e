import { type Driver, MachineError } from '../types.ts';

const REASON = 'The compose driver of this Telltale cannot run stacks yet.';
const REMEDY = 'Use the native driver: --driver native.';

/** The user's own compose files on a container engine, through Testcontainers. */
export const composeDriver: Driver = {
  name: 'compose',
  available: async () => ({ ok: false, reason: REASON, remedy: REMEDY }),
  start: async () => {
    throw new MachineError(REASON, { remedy: REMEDY });
  },
};
