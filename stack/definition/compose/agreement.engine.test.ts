import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { composeConfig, findComposeCli } from './testing/compose-cli.ts';
import { fixture, fixtureNames, withFiles } from './testing/fixtures.ts';
import { normaliseOurs, normaliseTheirs } from './testing/normalise.ts';
import { REFUSALS } from './testing/refusals.ts';

const cli = findComposeCli();
const skipped = cli === undefined ? ' (skipped: compose CLI not found)' : '';

describe(`our reading agrees with docker compose config${skipped}`, () => {
  it.skipIf(cli === undefined).each(fixtureNames())('%s', (name) => {
    const { directory, options } = fixture(name);
    const { stdout, stderr, status } = composeConfig(cli ?? [], directory, options);
    expect(status, stderr).toBe(0);
    expect(normaliseOurs(readCompose(directory, options))).toEqual(normaliseTheirs(stdout, options.environment));
  });
});

describe(`docker compose config refuses what we refuse${skipped}`, () => {
  it.skipIf(cli === undefined).each(REFUSALS)('$title', ({ files, options }) => {
    const { status, stdout } = withFiles(files, (directory) => composeConfig(cli ?? [], directory, options ?? {}));
    expect(status, stdout).not.toBe(0);
  });
});
