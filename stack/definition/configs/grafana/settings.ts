import type { Position, Setting } from '../../position.ts';
import type { CommandWord, EnvironmentValue } from '../../types.ts';
import { wordOrigin } from '../shared/container-files.ts';
import { setting } from '../shared/facts-builder.ts';
import type { IniValue } from './ini.ts';
import { interpolateSetting, type Surroundings } from './interpolate.ts';

/** Grafana's settings in force: `cfg:` words, then `GF_` variables, then the file, then defaults. */
export class GrafanaSettings {
  readonly #ini: ReadonlyMap<string, IniValue>;
  readonly #environment: Readonly<Record<string, EnvironmentValue>>;
  readonly #words: ReadonlyMap<string, CommandWord>;
  readonly #around: Surroundings;

  constructor(
    ini: ReadonlyMap<string, IniValue>,
    environment: Readonly<Record<string, EnvironmentValue>>,
    argv: readonly CommandWord[],
    around: Surroundings,
  ) {
    this.#ini = ini;
    this.#environment = environment;
    this.#around = around;
    this.#words = new Map(
      argv.flatMap((word) => {
        const match = /^cfg:((?:default\.)?[^=]+)=/.exec(word.text);
        return match === null ? [] : [[match[1] ?? '', word] as const];
      }),
    );
  }

  /** @param key `section.key` as in the file: `server.http_port`, `auth.anonymous.enabled`. */
  text(key: string, fallback: string): Setting<string> {
    const word = this.#words.get(key);
    if (word !== undefined) return { key, value: this.#expand(after(word.text)), ...wordOrigin(word.at) };
    const variable = `GF_${key.replace(/[.-]/g, '_').toUpperCase()}`;
    const given = this.#environment[variable];
    if (given?.value) return fromEnvironment(key, this.#expand(given.value), given.at);
    const file = this.#environment[`${variable}__FILE`];
    if (file?.value) return fromEnvironment(key, this.#around.readFile(file.value)?.text.trim() ?? '', file.at);
    const ini = this.#ini.get(key);
    if (ini !== undefined && ini.value !== '') return setting(key, this.#expand(ini.value), 'file', ini.at);
    const weak = this.#words.get(`default.${key}`);
    if (weak !== undefined) return { key, value: this.#expand(after(weak.text)), ...wordOrigin(weak.at) };
    return setting(key, fallback, 'default');
  }

  boolean(key: string, fallback: boolean): Setting<boolean> {
    const found = this.text(key, String(fallback));
    return { ...found, value: ['true', '1', 't', 'yes', 'on', 'y'].includes(found.value.toLowerCase()) };
  }

  number(key: string, fallback: number): Setting<number> {
    const found = this.text(key, String(fallback));
    const value = Number(found.value);
    return Number.isNaN(value) ? setting(key, fallback, 'default') : { ...found, value };
  }

  #expand(text: string): string {
    return interpolateSetting(text, this.#around);
  }
}

function after(word: string): string {
  return word.slice(word.indexOf('=') + 1);
}

function fromEnvironment(key: string, value: string, at: Position): Setting<string> {
  if (at.file === '(image)') return { key, value, from: 'image' };
  return { key, value, from: 'environment', at };
}
