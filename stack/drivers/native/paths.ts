/** Where the run's private tmpfs lies: `/run` exists everywhere and is hidden inside the namespaces only. */
export const PRIVATE_DIRECTORY = '/run/telltale';
