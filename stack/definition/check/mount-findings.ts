import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Finding } from '../position.ts';
import { shownPath } from '../roles/container-files.ts';
import type { ServiceDefinition } from '../types.ts';

/**
 * Mounts whose file is not on the host. Docker makes a directory of a missing bind source, and an engine then finds a
 * directory where it looks for a file; directories that are made this way are how data directories come about.
 */
export function mountFindings(directory: string, service: ServiceDefinition): Finding[] {
  return service.mounts.flatMap((mount): Finding[] => {
    if (mount.kind === 'config' || mount.kind === 'secret') {
      if (mount.source === undefined || existsSync(mount.source)) return [];
      return [
        {
          id: 'REF-FILE-MISSING',
          severity: 'error',
          at: mount.at,
          service: service.name,
          message: `The file ${shownPath(directory, mount.source)} of the ${mount.kind} ${mount.name} does not exist, and the container cannot be created.`,
          remedy: `Create the file, or correct \`file:\` of the ${mount.kind}.`,
        },
      ];
    }
    if (mount.kind !== 'bind' || existsSync(mount.source)) return [];
    const shown = shownPath(directory, mount.source);
    // Sockets and directories of the host differ from machine to machine; the stack's own files do not.
    if (shown === mount.source && service.engine === undefined) return [];
    if (!mount.createHostPath) {
      return [
        {
          id: 'REF-FILE-MISSING',
          severity: 'error',
          at: mount.at,
          service: service.name,
          message: `${shown} does not exist, and create_host_path is off: the container cannot be created.`,
          remedy: `Create ${shown}, or correct the path.`,
        },
      ];
    }
    const looksLikeFile =
      /\.[A-Za-z]\w*$/.test(basename(mount.target)) && /\.[A-Za-z]\w*$/.test(basename(mount.source));
    if (!looksLikeFile || /\.(d|sock)$/.test(mount.target)) return [];
    return [
      {
        id: 'REF-FILE-MISSING',
        severity: service.engine === undefined ? 'warning' : 'error',
        at: mount.at,
        service: service.name,
        message: `${shown} does not exist: Docker makes an empty directory of it, and ${service.name} finds a directory at ${mount.target}.`,
        remedy: `Create the file ${shown}, or correct the path.`,
      },
    ];
  });
}
