import { connectEngine } from '../../stack/drivers/compose/container-engine.ts';
import { composeDriver } from '../../stack/drivers/compose/driver.ts';
import { probeNamespaces } from '../../stack/drivers/native/namespaces.ts';
import { MachineError } from '../../stack/drivers/types.ts';
import { run } from '../../stack/engines/store/run.ts';
import { type Finding, missing, ok } from './finding.ts';

export interface DriverFinding {
  readonly driver: 'native' | 'compose';
  readonly finding: Finding;
}

const MODES = {
  root: 'namespaces as root: owners and users of images are as in containers',
  user: 'namespaces of an ordinary user: everything runs as one user, so file ownership proves nothing',
} as const;

/** Which drivers work here, found out by trying. */
export async function driverFindings(): Promise<readonly DriverFinding[]> {
  const [native, compose] = await Promise.all([nativeFinding(), composeFinding()]);
  return [
    { driver: 'native', finding: native },
    { driver: 'compose', finding: compose },
  ];
}

async function nativeFinding(): Promise<Finding> {
  const answer = await probeNamespaces();
  return answer.ok ? ok('driver native', MODES[answer.mode]) : missing('driver native', answer.reason, answer.remedy);
}

async function composeFinding(): Promise<Finding> {
  const subject = 'driver compose';
  const answer = await composeDriver.available();
  if (answer.ok) return ok(subject, `${await engineWords()}, compose ${await composeVersion()}`);
  const engine = await engineWords();
  // With an engine that answers, it is the CLI that is not there.
  return missing(subject, engine === undefined ? answer.reason : `${engine}, yet ${answer.reason}`, answer.remedy);
}

async function engineWords(): Promise<string | undefined> {
  try {
    const { serverVersion, local } = await connectEngine();
    return `container engine ${serverVersion} answers${local ? '' : ' (not of this machine)'}`;
  } catch (error) {
    if (error instanceof MachineError) return undefined;
    throw error;
  }
}

async function composeVersion(): Promise<string> {
  const { stdout } = await run('docker', ['compose', 'version', '--short'], { timeoutMs: 10_000 });
  return stdout.trim();
}
