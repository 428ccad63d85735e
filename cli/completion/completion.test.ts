import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRequirements } from '../../suites/registry.ts';
import { buildProgram } from '../program.ts';
import { completionScript, type Shell } from './completion-command.ts';

const here = { directory: '' };
beforeAll(() => {
  here.directory = mkdtempSync(join(tmpdir(), 'telltale-completion-'));
  for (const shell of ['bash', 'zsh', 'fish'] as const) {
    writeFileSync(scriptOf(shell), completionScript(buildProgram(), shell));
  }
  mkdirSync(join(here.directory, 'my stacks'));
  writeFileSync(join(here.directory, 'my file.yaml'), '');
});
afterAll(() => rmSync(here.directory, { recursive: true, force: true }));

function scriptOf(shell: Shell): string {
  return join(here.directory, `telltale.${shell}`);
}

function has(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}

const AFTER_RUN = ['run', 'check', 'promises', 'engines', 'doctor', 'completion'];
const READINESS = allRequirements().filter(({ area }) => area === 'readiness');

/** Line (the cursor at its end) → what must be offered, and nothing else. */
const OFFERS: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['telltale che', ['check']],
  ['telltale run --strict --driver n', ['native']],
  ['telltale run --driver ', ['auto', 'native', 'compose']],
  ['telltale run --area readi', ['readiness']],
  ['telltale run --area readiness,confi', ['readiness,config']],
  ['telltale run --id READY-01,READY-0', READINESS.map(({ id }) => `READY-01,${id}`)],
  ['telltale run --seed ', []],
  ['telltale run --fail', ['--fail-fast']],
  ['telltale engines ins', ['install']],
  ['telltale engines install promet', ['prometheus']],
  ['telltale engines install --profile x promet', ['prometheus']],
  ['telltale completion f', ['fish']],
];

describe.skipIf(!has('bash'))(`completion in bash${has('bash') ? '' : ' (skipped: bash not found)'}`, () => {
  /** Words as bash itself cuts them. */
  function complete(words: readonly string[]): readonly string[] {
    const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _telltale; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const options = { cwd: here.directory, encoding: 'utf8' } as const;
    const printed = execFileSync('bash', ['-c', program, 'bash', scriptOf('bash'), ...words], options);
    return printed.split('\n').filter((line) => line !== '');
  }

  it('is a script that bash accepts, and registers itself', () => {
    expect(spawnSync('bash', ['-n', scriptOf('bash')], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    const registered = execFileSync('bash', ['-c', `source ${scriptOf('bash')}; complete -p telltale`], {
      encoding: 'utf8',
    });
    expect(registered.trim()).toBe('complete -F _telltale telltale');
  });

  it.each(OFFERS)('after "%s" offers %j', (line, offered) => {
    expect(new Set(complete(line.split(' ')))).toEqual(new Set(offered));
  });

  it('offers every command, and after a dash every option', () => {
    expect(complete(['telltale', ''])).toEqual(expect.arrayContaining(AFTER_RUN));
    expect(complete(['telltale', 'doctor', '-'])).toEqual(['--json', '--quiet', '--help']);
  });

  it('takes --option=value, which bash cuts in three', () => {
    expect(complete(['telltale', 'run', '--driver', '=', 'co'])).toEqual(['compose']);
    expect(complete(['telltale', 'run', '--driver', '='])).toEqual(['auto', 'native', 'compose']);
    expect(complete(['telltale', 'engines', 'install', '--profile', '=', 'x', 'lok'])).toEqual(['loki']);
  });

  it('does not take the value of an option for a command', () => {
    expect(complete(['telltale', 'run', '--service', 'engines', '--driver', 'n'])).toEqual(['native']);
  });

  it('offers directories and files, spaces in them included', () => {
    expect(complete(['telltale', 'run', '--stack', 'my'])).toEqual(['my stacks']);
    expect(complete(['telltale', 'check', 'my'])).toEqual(['my stacks']);
    expect(complete(['telltale', 'run', '--file', 'my']).toSorted()).toEqual(['my file.yaml', 'my stacks']);
  });
});

describe.skipIf(!has('fish'))(`completion in fish${has('fish') ? '' : ' (skipped: fish not found)'}`, () => {
  function complete(line: string): readonly string[] {
    const program = `source ${scriptOf('fish')}; complete -C ${JSON.stringify(line)}`;
    const printed = execFileSync('fish', ['--no-config', '-c', program], { cwd: here.directory, encoding: 'utf8' });
    return printed.split('\n').flatMap((row) => row.split('\t')[0] || []);
  }

  it.each(OFFERS)('after "%s" offers %j', (line, offered) => {
    expect(new Set(complete(line))).toEqual(new Set(offered));
  });
});

describe.skipIf(!has('zsh'))(`completion in zsh${has('zsh') ? '' : ' (skipped: zsh not found)'}`, () => {
  it('is a script that zsh accepts', () => {
    expect(spawnSync('zsh', ['-n', scriptOf('zsh')], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });

  it('leads through the commands to the values of an option', () => {
    // The completion system itself wants a terminal; its two entry points are enough to follow the way.
    const program = `compdef() { }; _arguments() { print -l -- "$@"; [[ $1 == -C ]] && state=rest && words=(\${words[2,-1]}); return 0 }
source ${scriptOf('zsh')}; words=(telltale engines install); _telltale`;
    const printed = execFileSync('zsh', ['-f', '-c', program], { encoding: 'utf8' });
    expect(printed).toContain('*:argument:(prometheus loki tempo');
    expect(printed).not.toContain('--driver');
  });
});
