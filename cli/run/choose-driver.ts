import type { StackDefinition } from '../../stack/definition/types.ts';
import { nativeDriver } from '../../stack/drivers/native/driver.ts';
import { type Driver, MachineError } from '../../stack/drivers/types.ts';

export interface Choice {
  readonly driver: Driver;
  /** Which and why, for the report. */
  readonly why: string;
}

/**
 * The driver that was asked for, or with `auto` the compose driver where a container engine answers and the stack's
 * images are there or can be pulled, and else the native one.
 * @throws MachineError where none can work on this machine.
 */
export async function chooseDriver(name: 'auto' | 'native' | 'compose', definition: StackDefinition): Promise<Choice> {
  if (name === 'native') return required(nativeDriver, 'asked for with --driver native');
  const { composeDriver } = await import('../../stack/drivers/compose/driver.ts');
  if (name === 'compose') return required(composeDriver, 'asked for with --driver compose');
  const compose = await composeDriver.available(definition);
  if (compose.ok) return { driver: composeDriver, why: 'a container engine answers and has the images' };
  const native = await nativeDriver.available();
  if (native.ok) return { driver: nativeDriver, why: `compose cannot be used here: ${compose.reason}` };
  throw new MachineError(`No driver works on this machine. ${compose.reason} ${native.reason}`, {
    remedy: `${compose.remedy} Or: ${native.remedy}`,
  });
}

async function required(driver: Driver, why: string): Promise<Choice> {
  const answer = await driver.available();
  if (!answer.ok) throw new MachineError(answer.reason, { remedy: answer.remedy });
  return { driver, why };
}
