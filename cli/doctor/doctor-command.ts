import { EXIT } from '../exit-codes.ts';
import { driverFindings } from './drivers.ts';
import { engineFindings } from './engines.ts';
import { findingLines } from './finding.ts';
import { machineFindings } from './machine.ts';

export interface DoctorOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Says what this machine can do. Asks nothing of the network; the answer is `machine` where no driver works. */
export async function doctorCommand({ json, quiet }: DoctorOptions): Promise<number> {
  const [machine, drivers, engines] = await Promise.all([
    machineFindings(process.env),
    driverFindings(),
    engineFindings(process.env),
  ]);
  const findings = [...machine, ...drivers.map(({ finding }) => finding), ...engines];
  const working = drivers.filter(({ finding }) => finding.state === 'ok').map(({ driver }) => driver);
  if (json) process.stdout.write(`${JSON.stringify({ drivers: working, findings }, null, 2)}\n`);
  else {
    process.stdout.write(findingLines(quiet ? findings.filter(({ state }) => state === 'missing') : findings));
    if (!quiet || working.length === 0) process.stdout.write(`${conclusion(working)}\n`);
  }
  return working.length > 0 ? EXIT.ok : EXIT.machine;
}

function conclusion(working: readonly string[]): string {
  return working.length > 0
    ? `Stacks can be run here with --driver ${working.join(' or --driver ')}.`
    : 'No stack can be run here: neither driver works. `telltale check` and `telltale promises` need none.';
}
