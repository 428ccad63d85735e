/** What of a Dockerfile matters here: the image that the last stage starts from, and what it copies in. */
export interface DockerfileSummary {
  /** The image of the last stage (or of `target`), build arguments filled in. */
  readonly from?: string;
  /** `COPY` and `ADD` from the build context: source as written, absolute destination in the image. */
  readonly copies: readonly { readonly source: string; readonly destination: string }[];
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly user?: string;
  readonly workingDir?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** `RUN` instructions, as written. */
  readonly runs: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly from: string;
  copies: { source: string; destination: string }[];
  workdir: string;
  entrypoint?: string[];
  command?: string[];
  user?: string;
  environment: Record<string, string>;
  runs: string[];
}

/**
 * Reads a Dockerfile as far as recognising needs it: `ARG`, `FROM`, `WORKDIR`, `COPY`, `ADD`, `ENTRYPOINT`, `CMD`,
 * `USER`, `ENV`; what `RUN` does is not known.
 * Stages that start from an earlier stage inherit what that one copied.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export function readDockerfile(
  text: string,
  args: Readonly<Record<string, string>> = {},
  target?: string,
): DockerfileSummary {
  const variables: Record<string, string> = {};
  const stages: Stage[] = [];
  for (const line of logicalLines(text)) {
    const match = /^([A-Za-z]+)\s+(.*)$/s.exec(line);
    if (match === null) continue;
    const [, word = '', rest = ''] = match;
    const instruction = word.toUpperCase();
    const value = fill(rest.trim(), variables);
    const stage = stages.at(-1);
    if (instruction === 'ARG') {
      const [name = '', fallback = ''] = value.split('=', 2);
      variables[name] = args[name] ?? unquote(fallback);
    } else if (instruction === 'FROM') {
      const words = value.split(/\s+/).filter((one) => !one.startsWith('--'));
      const [image = ''] = words;
      const name = words[1]?.toLowerCase() === 'as' ? (words[2] ?? '') : '';
      stages.push(inherit(stages, image, name));
    } else if (stage === undefined) {
    } else if (instruction === 'WORKDIR') {
      stage.workdir = absolute(value, stage.workdir);
    } else if (instruction === 'USER') {
      stage.user = value;
    } else if (instruction === 'ENV') {
      Object.assign(stage.environment, environmentOf(value));
    } else if (instruction === 'RUN') {
      stage.runs.push(value);
    } else if (instruction === 'COPY' || instruction === 'ADD') {
      stage.copies.push(...copiesOf(value, stage.workdir));
    } else if (instruction === 'ENTRYPOINT') {
      stage.entrypoint = wordsOf(value);
      delete stage.command;
    } else if (instruction === 'CMD') {
      stage.command = wordsOf(value);
    }
  }
  const chosen = target === undefined ? stages.at(-1) : (stages.find((one) => one.name === target) ?? stages.at(-1));
  if (chosen === undefined) return { copies: [], environment: {}, runs: [] };
  return {
    from: chosen.from,
    copies: chosen.copies,
    environment: chosen.environment,
    runs: chosen.runs,
    ...(chosen.user === undefined ? {} : { user: chosen.user }),
    ...(chosen.workdir === '/' ? {} : { workingDir: chosen.workdir }),
    ...(chosen.entrypoint === undefined ? {} : { entrypoint: chosen.entrypoint }),
    ...(chosen.command === undefined ? {} : { command: chosen.command }),
  };
}

function inherit(stages: readonly Stage[], image: string, name: string): Stage {
  const parent = stages.find((stage) => stage.name !== '' && stage.name.toLowerCase() === image.toLowerCase());
  return parent === undefined
    ? { name, from: image, copies: [], workdir: '/', environment: {}, runs: [] }
    : {
        ...parent,
        name,
        copies: [...parent.copies],
        environment: { ...parent.environment },
        runs: [...parent.runs],
      };
}

function logicalLines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replace(/\\[ \t]*\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** `ENV A=1 B="two words"`, and the old `ENV A one value`. */
function environmentOf(value: string): Record<string, string> {
  const [first = ''] = value.split(/\s/, 1);
  if (!first.includes('=')) return { [first]: value.slice(first.length).trim() };
  const pairs = value.matchAll(/([\w.-]+)=("(?:[^"\\]|\\.)*"|'[^']*'|(?:[^\s\\]|\\.)*)/g);
  return Object.fromEntries([...pairs].map(([, name = '', text = '']) => [name, unquote(text)]));
}

function copiesOf(value: string, workdir: string): { source: string; destination: string }[] {
  // A copy from another stage or image is not to be had from the build context.
  if (/(^|\s)--from=/.test(value)) return [];
  const bare = value.replace(/(^|\s)--\S+/g, ' ').trim();
  const words = bare.startsWith('[') ? wordsOf(bare) : bare.split(/\s+/).map(unquote);
  const destination = words.at(-1);
  if (destination === undefined || words.length < 2) return [];
  const full = absolute(destination, workdir);
  return words.slice(0, -1).map((source) => ({ source, destination: full }));
}

function wordsOf(value: string): string[] {
  if (value.startsWith('[')) {
    try {
      const list: unknown = JSON.parse(value);
      if (Array.isArray(list)) return list.map(String);
    } catch {
      // Docker, too, takes what is not valid JSON as a shell line.
    }
  }
  return ['/bin/sh', '-c', value];
}

function absolute(path: string, workdir: string): string {
  return path.startsWith('/') ? path : `${workdir.replace(/\/$/, '')}/${path.replace(/^\.\//, '')}`;
}

function fill(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(\w+)(?::?[-+]([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, bare?: string) => {
      const value = variables[braced ?? bare ?? ''];
      return value === undefined || value === '' ? (fallback ?? (braced === undefined ? whole : '')) : value;
    },
  );
}

function unquote(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
