import { formatPosition, type Position } from '../../position.ts';
import { type ComposeProject, readCompose } from '../read-compose.ts';
import type { ComposeService } from '../service.ts';
import { fixture } from './fixtures.ts';

export function readFixture(name: string): ComposeProject {
  const { directory, options } = fixture(name);
  return readCompose(directory, options);
}

export function serviceOf(project: ComposeProject, name: string): ComposeService {
  const found = project.services.find((service) => service.name === name);
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

/** `FILE:LINE:COLUMN`, or `nowhere`. */
export function place(item: { readonly at?: Position } | undefined): string {
  return item?.at === undefined ? 'nowhere' : formatPosition(item.at);
}

/** Variables of the container, without their places. */
export function variables(service: ComposeService): Record<string, string | null> {
  return Object.fromEntries(Object.entries(service.environment).map(([name, { value }]) => [name, value]));
}

export function words(list: ComposeService['command']): string[] | undefined {
  return list?.map((word) => word.text);
}
