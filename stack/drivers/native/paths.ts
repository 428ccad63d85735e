/** Where the run's private tmpfs lies: `/run` exists everywhere and is hidden inside the namespaces only. */
const PRIVATE_DIRECTORY = '/run/telltale';

/** The private directory of one stack of this process. */
export function privateDirectory(instance: number): string {
  return `${PRIVATE_DIRECTORY}/${instance}`;
}
