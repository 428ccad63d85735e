import { afterEach, expect, it } from 'vitest';
import { runCli } from '../testing/run-cli.ts';
import { removeTemporary, TINY_COMPOSE, tinyStack, writeStack } from '../testing/temporary.ts';
import { expectTidy } from '../testing/words.ts';

afterEach(removeTemporary);

interface Case {
  readonly title: string;
  readonly words: readonly string[];
  /** Each must be in standard error. */
  readonly says: readonly RegExp[];
}

const WRONG_WORDS: readonly Case[] = [
  {
    title: 'an unknown option',
    words: ['--dirver', 'native'],
    says: [/unknown option '--dirver'/, /Did you mean --driver/],
  },
  { title: 'an unknown driver', words: ['--driver', 'kubernetes'], says: [/--driver/, /auto, native, compose/] },
  { title: 'an unknown area', words: ['--area', 'readyness'], says: [/--area readyness/, /remedy:.*readiness/s] },
  { title: 'an unknown service', words: ['--service', 'metres'], says: [/--service metres/, /remedy:.*meters/s] },
  { title: 'an unknown id', words: ['--id', 'READY-99'], says: [/--id READY-99/, /remedy:.*READY-01/s] },
  { title: 'a shard that is none', words: ['--shard', '3/2'], says: [/--shard/, /I\/N/] },
  { title: 'a shard of words', words: ['--shard', 'two'], says: [/--shard/, /I\/N/] },
  { title: 'a timeout that is no number', words: ['--timeout', 'abc'], says: [/--timeout/, /whole number/] },
  { title: 'a timeout of nothing', words: ['--timeout', '0'], says: [/--timeout/, /1 or more/] },
  { title: 'a seed that is no number', words: ['--seed', '-1'], says: [/--seed/, /whole number/] },
  { title: 'a selection without names', words: ['--id', ','], says: [/--id/, /name/] },
  { title: 'an argument too many', words: ['here'], says: [/too many arguments/] },
];

for (const { title, words, says } of WRONG_WORDS) {
  it(`${title}: exit 2, with what it takes`, async () => {
    const run = await runCli(['run', '--stack', tinyStack(), ...words]);
    expect(run.code).toBe(2);
    for (const pattern of says) expect(run.stderr).toMatch(pattern);
    expect(run.results).toBeUndefined();
    expectTidy(run);
  });
}

it('an unknown command: exit 2, with the one that was meant', async () => {
  const run = await runCli(['rnu']);
  expect(run.code).toBe(2);
  expect(run.stderr).toMatch(/unknown command 'rnu'/);
  expect(run.stderr).toMatch(/Did you mean run/);
  expectTidy(run);
});

for (const command of ['run', 'check', 'promises']) {
  const on = (directory: string): string[] =>
    command === 'run' ? ['run', '--stack', directory] : [command, directory];

  it(`${command} on a directory that is missing: exit 2 and its name`, async () => {
    const run = await runCli(on('/nowhere/at/all'));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/\/nowhere\/at\/all/);
    expect(run.stderr).toMatch(/remedy: /);
    expectTidy(run);
  });

  it(`${command} on a file in place of a directory: exit 2`, async () => {
    const run = await runCli(on(`${tinyStack()}/prometheus.yml`));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/prometheus\.yml/);
    expect(run.stderr).toMatch(/remedy: /);
    expectTidy(run);
  });

  it(`${command} on a directory without a compose file: exit 2 and the names that it looks for`, async () => {
    const run = await runCli(on(writeStack({ 'notes.md': 'none' })));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/compose\.ya?ml/);
    expect(run.stderr).toMatch(/remedy: /);
    expectTidy(run);
  });

  it(`${command} on broken YAML: exit 2 at file:line:column`, async () => {
    const broken = TINY_COMPOSE.replace('volumes:', 'volumes: [');
    const run = await runCli(on(tinyStack({ 'compose.yaml': broken })));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^compose\.yaml:\d+:\d+: /);
    expect(run.stderr).toMatch(/remedy: /);
    expectTidy(run);
  });

  it(`${command} with a required variable undefined: exit 2, its place and its own words`, async () => {
    const compose = TINY_COMPOSE.replace('v3.16.0', '$' + '{PROM_TAG:?set PROM_TAG to a version}');
    const run = await runCli(on(tinyStack({ 'compose.yaml': compose })));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^compose\.yaml:3:\d+: /);
    expect(run.stderr).toMatch(/set PROM_TAG to a version/);
    expectTidy(run);
  });

  it(`${command} with telltale.yaml that is wrong: exit 2 at file:line:column`, async () => {
    const run = await runCli(on(tinyStack({ 'telltale.yaml': 'budgets:\n  ready.meters: soon\n' })));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^telltale\.yaml:2:17: /);
    expect(run.stderr).toMatch(/remedy: /);
    expectTidy(run);
  });

  it(`${command} with telltale.yaml that speaks of an unknown service: exit 2 and the one that was meant`, async () => {
    const run = await runCli(on(tinyStack({ 'telltale.yaml': 'services:\n  metres:\n    role: metrics\n' })));
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/^telltale\.yaml:2:3: /);
    expect(run.stderr).toMatch(/meters/);
    expectTidy(run);
  });
}
