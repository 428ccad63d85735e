import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, relative } from 'node:path';
import type { ReaderContext, ServiceShape } from '../configs/reader.ts';
import type { ConfigFile } from '../facts.ts';
import type { BuildDefinition } from '../types.ts';
import { type DockerfileSummary, readDockerfile } from './dockerfile.ts';

/** Larger files are data, not configuration. */
const LARGEST = 4 * 1024 * 1024;

/** Files as one service's container sees them: mounts over what a Dockerfile copies in over the image's own. */
export interface ContainerFiles extends Pick<ReaderContext, 'readFile' | 'listDirectory'> {
  readonly dockerfile?: DockerfileSummary;
  /** Single files and files directly in mounted directories that look like configuration. */
  candidates(): readonly ConfigFile[];
}

/** What lies at a container path: a place on the host, or content of its own. The nearest to the path wins. */
interface Layer {
  readonly target: string;
  readonly source?: string;
  readonly content?: string;
}

/**
 * @param directory Absolute path of the stack.
 * @param own The image's own files, by container path.
 */
export function containerFiles(
  directory: string,
  service: ServiceShape,
  own: Readonly<Record<string, string>> = {},
): ContainerFiles {
  const dockerfile = service.build === undefined ? undefined : dockerfileOf(service.build);
  const layers = [...mountLayers(service), ...copyLayers(service.build, dockerfile)];
  const fromHost = (path: string, containerPath: string): ConfigFile | undefined => {
    const text = readText(path);
    return text === undefined ? undefined : { containerPath, file: shownPath(directory, path), text };
  };
  const readFile = (written: string): ConfigFile | undefined => {
    const path = cleanPath(written, service.workingDir);
    const layer = layerFor(layers, path);
    if (layer === undefined) {
      const text = own[path];
      return text === undefined ? undefined : { containerPath: path, text };
    }
    if (layer.content !== undefined) return { containerPath: path, text: layer.content };
    return layer.source === undefined ? undefined : fromHost(inside(layer, path), path);
  };
  const listDirectory = (written: string): readonly string[] => {
    const path = cleanPath(written, service.workingDir);
    const names = new Set<string>();
    const layer = layerFor(layers, path);
    if (layer?.source !== undefined) for (const name of filesIn(inside(layer, path))) names.add(name);
    for (const one of layers) {
      const below = below1(path, one.target);
      if (below !== undefined && (one.content !== undefined || isFile(one.source))) names.add(below);
    }
    for (const one of Object.keys(own)) {
      const below = below1(path, one);
      if (below !== undefined) names.add(below);
    }
    return [...names].sort();
  };
  return {
    readFile,
    listDirectory,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    candidates: () =>
      layers
        // Directories of the host itself hold no configuration of the stack.
        .filter(({ source }) => source === undefined || !/^\/((var|run|proc|sys|dev|root|home|tmp)\/?)?$/.test(source))
        .flatMap(({ target, source, content }) =>
          content !== undefined || isFile(source) ? [target] : filesIn(source).map((name) => join(target, name)),
        )
        .filter((path) => /\.(ya?ml|json|alloy|river|conf|cfg|ini|toml|config)$/.test(path) || !/\.\w+$/.test(path))
        .slice(0, 40)
        .flatMap((path) => readFile(path) ?? []),
  };
}

function mountLayers(service: ServiceShape): Layer[] {
  return service.mounts.flatMap((mount): Layer[] => {
    if (mount.kind === 'bind') return [{ target: cleanPath(mount.target), source: mount.source }];
    if (mount.kind === 'config' || mount.kind === 'secret') {
      const { content, source } = mount;
      return [
        {
          target: cleanPath(mount.target),
          ...(content === undefined ? {} : { content }),
          ...(source === undefined ? {} : { source }),
        },
      ];
    }
    // What a volume or tmpfs hides cannot be read from the files.
    return [{ target: cleanPath(mount.target) }];
  });
}

function copyLayers(build: BuildDefinition | undefined, dockerfile: DockerfileSummary | undefined): Layer[] {
  if (build === undefined || dockerfile === undefined) return [];
  return dockerfile.copies.flatMap(({ source, destination }): Layer[] => {
    const from = join(build.context, source);
    const intoDirectory = destination.endsWith('/') || isDirectory(build.context, source, destination);
    const single = isFile(from) && intoDirectory;
    return [{ target: cleanPath(single ? join(destination, basename(source)) : destination), source: from }];
  });
}

/** `COPY loki.yaml /etc/loki` makes a file, unless several sources share the destination or it ends in a slash. */
function isDirectory(context: string, source: string, destination: string): boolean {
  return isFile(join(context, source)) && !/\.\w+$/.test(basename(destination)) && /\.\w+$/.test(basename(source));
}

function dockerfileOf(build: BuildDefinition): DockerfileSummary | undefined {
  const text =
    build.dockerfileInline ??
    readText(
      isAbsolute(build.dockerfile ?? '')
        ? (build.dockerfile ?? '')
        : join(build.context, build.dockerfile ?? 'Dockerfile'),
    );
  return text === undefined ? undefined : readDockerfile(text, build.args, build.target);
}

function layerFor(layers: readonly Layer[], path: string): Layer | undefined {
  let best: Layer | undefined;
  for (const layer of layers) {
    const fits = path === layer.target || layer.target === '/' || path.startsWith(`${layer.target}/`);
    if (fits && layer.target.length > (best?.target.length ?? -1)) best = layer;
  }
  return best;
}

function inside(layer: Layer, path: string): string {
  const rest = path.slice(layer.target === '/' ? 0 : layer.target.length);
  return join(layer.source ?? '', rest);
}

/** The name directly in `directory` that `path` stands for, or undefined where it is elsewhere. */
function below1(directory: string, path: string): string | undefined {
  const prefix = directory === '/' ? '/' : `${directory}/`;
  const rest = path.startsWith(prefix) ? path.slice(prefix.length) : '';
  return rest === '' || rest.includes('/') ? undefined : rest;
}

function cleanPath(path: string, workingDir = '/'): string {
  const full = path.startsWith('/') ? path : `${workingDir}/${path}`;
  const parts: string[] = [];
  for (const part of full.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Relative to the stack where the file is inside it, absolute otherwise. */
export function shownPath(directory: string, path: string): string {
  const shown = relative(directory, path);
  return shown.startsWith('..') || isAbsolute(shown) ? path : shown;
}

function isFile(path: string | undefined): boolean {
  return path !== undefined && existsSync(path) && statSync(path).isFile();
}

function filesIn(path: string | undefined): string[] {
  if (path === undefined || KERNEL.test(path) || !existsSync(path) || !statSync(path).isDirectory()) return [];
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() || (entry.isSymbolicLink() && isFile(join(path, entry.name))))
      .map((entry) => entry.name)
      .sort();
  } catch {
    return [];
  }
}

/** Files of the kernel look like files and may block whoever reads them, and hosts mount them into agents. */
const KERNEL = /^\/(proc|sys|dev)(\/|$)/;

function readText(path: string): string | undefined {
  if (KERNEL.test(path)) return undefined;
  try {
    return isFile(path) && statSync(path).size <= LARGEST ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
