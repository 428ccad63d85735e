import { type ConfigNode, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { Position } from '../position.ts';
import type { EnvironmentValue } from '../types.ts';
import { parseDotenv, parseRawEnvFile } from './dotenv.ts';
import { type Environment, isFile, type LoadContext } from './load-context.ts';
import { textOf } from './merge.ts';
import { isNull, refuse } from './tree.ts';

/**
 * What a container gets: `env_file`s in their order, under `environment`. A variable without a value takes the host's;
 * null where the host has none.
 *
 * @throws InputError for a missing or broken env file
 * @see https://docs.docker.com/compose/how-tos/environment-variables/envvars-precedence/
 */
export function readEnvironment(
  service: ConfigNode,
  host: Environment,
  context: LoadContext,
): Readonly<Record<string, EnvironmentValue>> {
  const own = readMapping(nodeAt(service, 'environment'), host);
  const fromFiles = new Map<string, EnvironmentValue>();
  const lookup = (name: string) => host.get(name) ?? own.get(name)?.value ?? undefined;
  for (const node of itemsOf(nodeAt(service, 'env_file'))) {
    const file = textAt(node, 'path') ?? '';
    const at = nodeAt(node, 'path')?.at ?? node.at;
    if (!isFile(file) && textAt(node, 'required') === 'false') continue;
    const text = context.readText(file, 'The env file', at);
    const options = { file: context.display(file), lookup, unset: context.unset };
    const format = textAt(node, 'format') ?? '';
    if (format === 'raw') parseRawEnvFile(text, fromFiles, options);
    else if (format === '') parseDotenv(text, fromFiles, options);
    else
      refuse(`"${format}" is no format of an env file.`, nodeAt(node, 'format')?.at ?? at, 'Remove it, or write raw.');
  }
  return Object.fromEntries([...fromFiles, ...own]);
}

/** `KEY: value`, or `- KEY=value`; null values looked up. */
function readMapping(node: ConfigNode | undefined, host: Environment): Map<string, EnvironmentValue> {
  const values = new Map<string, EnvironmentValue>();
  const set = (name: string, value: string | undefined, at: Position) => {
    values.set(name, { value: value ?? host.get(name) ?? null, at });
  };
  if (node?.kind === 'map') {
    for (const [name, entry] of node.entries) {
      const unset = isNull(entry.node);
      set(name, unset ? undefined : textOf(entry.node), unset ? entry.keyAt : entry.node.at);
    }
  }
  for (const item of itemsOf(node)) {
    const text = textOf(item);
    const split = text.indexOf('=');
    const name = split === -1 ? text : text.slice(0, split);
    if (/\s$/.test(name)) {
      refuse(`The variable "${name}" has a space before its equals sign.`, item.at, 'Remove the space.');
    }
    set(name, split === -1 ? undefined : text.slice(split + 1), item.at);
  }
  return values;
}
