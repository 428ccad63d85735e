import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type CliResult, rowOf, runCli } from '../testing/run-cli.ts';
import { removeTemporary, TINY_COMPOSE, tinyStack } from '../testing/temporary.ts';
import { expectTidy } from '../testing/words.ts';

afterEach(removeTemporary);

const PASSWORD = 'Sesame-4711-open';
/** bcrypt of PASSWORD, cost 4. */
const HASH = '$2b$04$aaaaaaaaaaaaaaaaaaaaaOf5.nNFuXTPymxJxPWozx1OJmyskP0Wu';
const SECRETS = {
  own: PASSWORD,
  environment: 'Quartz-9932-env',
  scrape: 'Marble-5512-scrape',
  remoteWrite: 'Basalt-7781-write',
  bearer: 'Gneiss-3390-bearer',
};

const FILES = {
  'compose.yaml': TINY_COMPOSE.replace('--web.enable-otlp-receiver', '--web.config.file=/etc/prometheus/web.yml')
    .replace('    ports:', `    environment:\n      ADMIN_PASSWORD: ${SECRETS.environment}\n    ports:`)
    .concat('      - ./web.yml:/etc/prometheus/web.yml:ro\n'),
  'web.yml': `basic_auth_users:\n  keeper: "${HASH}"\n`,
  'prometheus.yml': `scrape_configs:
  - job_name: own
    scrape_interval: 1s
    basic_auth: {username: keeper, password: ${SECRETS.scrape}}
    static_configs: [{targets: ["localhost:9090"]}]
remote_write:
  - url: http://mirror:${SECRETS.remoteWrite}@far.example:9009/api/v1/push
  - url: http://other.example:9009/api/v1/push
    authorization: {credentials: ${SECRETS.bearer}}
`,
  'telltale.yaml': 'services:\n  meters:\n    credentials: {usernameEnv: KEEPER, passwordEnv: KEEPER_PASSWORD}\n',
};

function run(password: string | undefined, files: Readonly<Record<string, string>> = FILES): Promise<CliResult> {
  return runCli(['run', '--driver', 'native', '--stack', tinyStack(files)], {
    env: { KEEPER: 'keeper', KEEPER_PASSWORD: password },
  });
}

/** Every report, and the terminal, in every form in which a secret can be written. */
function expectNoSecret(result: CliResult, more: readonly string[] = []): void {
  const texts = readdirSync(result.out).map((name) => [name, readFileSync(join(result.out, name), 'utf8')] as const);
  expect(texts.length).toBeGreaterThan(5);
  for (const [name, text] of [...texts, ['stdout', result.stdout] as const, ['stderr', result.stderr] as const]) {
    for (const secret of [...Object.values(SECRETS), HASH, ...more]) {
      const forms = [
        secret,
        Buffer.from(secret).toString('base64'),
        Buffer.from(`keeper:${secret}`).toString('base64'),
      ];
      for (const form of forms) expect(text.includes(form), `${name} shows ${form}`).toBe(false);
    }
  }
}

it('with the right credentials the engine is asked, and no report shows a secret', async () => {
  const result = await run(PASSWORD);
  expect(rowOf(result.results, 'READY-01', 'meters')?.verdict).toBe('pass');
  expectNoSecret(result);
  expectTidy(result);
});

it('with a wrong password the refusal is told, without the password', async () => {
  const wrong = 'Granite-1180-wrong';
  const result = await run(wrong);
  expect(result.code).toBe(1);
  expectNoSecret(result, [wrong]);
  expectTidy(result);
});

it('without credentials rows say what is needed, and where', async () => {
  const { 'telltale.yaml': _, ...files } = FILES;
  const result = await run(undefined, files);
  const blocked = result.results?.results.filter(({ verdict }) => verdict === 'blocked') ?? [];
  expect(blocked.length).toBeGreaterThan(0);
  expect(blocked.map(({ message }) => message).join('\n')).toMatch(/[Cc]redentials needed.*web\.yml:2/);
  expect(blocked.map(({ remedy }) => remedy).join('\n')).toContain(
    'meters: { credentials: { usernameEnv: NAME, passwordEnv: NAME } }',
  );
  expectNoSecret(result);
  expectTidy(result);
});

it('an engine that prints a secret when it gives up does not put it into the reports', async () => {
  const result = await run(PASSWORD, {
    ...FILES,
    'compose.yaml': FILES['compose.yaml'].replace('command: [', `command: [--no-such=${SECRETS.environment}, `),
  });
  expect(result.code).toBe(1);
  expect(rowOf(result.results, 'READY-01', 'meters')?.message).toMatch(/unknown long flag/);
  expectNoSecret(result);
  expectTidy(result);
});
