import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findEngine, isFound } from '../../engines/store/find-engine.ts';
import { type EngineService, isEngine } from '../promises/stack-view.ts';
import type { StackDefinition } from '../types.ts';
import { bySeverityAndPlace, type CheckReport, type Problem, type ValidatorOutcome } from './check-stack.ts';
import { commandOf, type ValidatorPlan, validatorPlans } from './validator-plans.ts';

const HAVE_VALIDATORS = new Set<string>(['prometheus', 'loki', 'tempo', 'otelcol', 'alloy', 'alertmanager']);

/** No validator takes seconds; one that hangs must not hang the check. */
const LONGEST_MS = 20_000;

/**
 * Asks the engines' own validators, where their binaries are at hand, and adds their words to the report. All run at
 * the same time, in a temporary directory that is removed; nothing is installed.
 */
export async function runValidators(definition: StackDefinition, report: CheckReport): Promise<CheckReport> {
  const outcomes = await Promise.all(definition.services.filter(isEngine).map(validate));
  const validators = outcomes.flat();
  const refused = validators.filter((one) => one.verdict === 'refused').map((one) => problemOf(definition, one));
  return { ...report, problems: [...report.problems, ...refused].toSorted(bySeverityAndPlace), validators };
}

function problemOf(definition: StackDefinition, outcome: ValidatorOutcome): Problem {
  const service = definition.services.find((one) => one.name === outcome.service);
  const file = service?.facts?.files[0]?.file;
  const line = /(?:line |:)(\d+)(?::\d+)?:/.exec(outcome.words)?.[1];
  return {
    id: 'ENGINE-REFUSES',
    severity: 'error',
    service: outcome.service,
    ...(file === undefined ? {} : { at: { file, line: Number(line ?? 1), column: 1 } }),
    message: `${service?.engine ?? 'The engine'} itself refuses the configuration of ${outcome.service}: ${outcome.words}`,
    remedy: `Correct what it names; \`${outcome.command}\` asks it again.`,
    also: [],
  };
}

async function validate(service: EngineService): Promise<ValidatorOutcome[]> {
  const notRun = (words: string): ValidatorOutcome[] => [
    { service: service.name, command: service.engine, verdict: 'not-run', words },
  ];
  if (!HAVE_VALIDATORS.has(service.engine)) return notRun(`${service.engine} has no validator of its own`);
  const binary = await findEngine(service.engine, service.version);
  if (!isFound(binary))
    return notRun(`no ${service.engine} ${service.version ?? ''} on this machine; ${binary.remedy}`);
  const plans = validatorPlans(service, binary);
  if (typeof plans === 'string') return notRun(plans);
  const scratch = await mkdtemp(join(tmpdir(), 'telltale-check-'));
  try {
    return await Promise.all(plans.map((plan) => runPlan(service, plan, scratch)));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function runPlan(service: EngineService, plan: ValidatorPlan, scratch: string): Promise<ValidatorOutcome> {
  for (const [path, text] of Object.entries(plan.files)) {
    await mkdir(dirname(join(scratch, path)), { recursive: true });
    await writeFile(join(scratch, path), text, { mode: 0o600 });
  }
  // Longest first, so that a path that begins like another is not cut.
  const paths = Object.keys(plan.files).toSorted((one, other) => other.length - one.length);
  const words = plan.words.map((word) => {
    const path = paths.find((one) => word.endsWith(one));
    return path === undefined ? word : `${word.slice(0, -path.length)}${join(scratch, path)}`;
  });
  const environment = Object.fromEntries(
    Object.entries(service.environment).flatMap(([name, { value }]) => (value === null ? [] : [[name, value]])),
  );
  const { ok, output } = await run(plan.program, words, scratch, environment);
  const said = output.replaceAll(scratch, '').trim();
  const outcome = { service: service.name, command: commandOf(plan) };
  // A Collector is built with some components and not with others: that says nothing of the configuration.
  const lacks = service.engine === 'otelcol' ? /unknown type: "[^"]+"[^\n]*/.exec(said)?.[0] : undefined;
  if (!ok && lacks !== undefined) {
    return { ...outcome, verdict: 'not-run', words: `the binary at hand was built without a component (${lacks})` };
  }
  return { ...outcome, verdict: ok ? 'accepted' : 'refused', words: lastLines(said) };
}

function lastLines(text: string): string {
  return text.split('\n').slice(-8).join('\n').slice(-1500);
}

function run(
  program: string,
  words: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
): Promise<{ ok: boolean; output: string }> {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd, ...environment };
  return new Promise((resolve) => {
    execFile(program, words, { cwd, env, timeout: LONGEST_MS, maxBuffer: 4_000_000 }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      const why = error?.killed === true ? `${output}\nIt did not end within ${LONGEST_MS / 1000} s.` : output;
      resolve({ ok: error === null, output: why.trim() === '' ? (error?.message ?? '') : why });
    });
  });
}
