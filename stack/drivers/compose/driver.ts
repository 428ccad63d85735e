import type { StackDefinition } from '../../definition/types.ts';
import { removeScratch } from '../scratch.ts';
import type { StartOptions } from '../types.ts';
import { type Driver, MachineError, type Replacement, type RunningEngine, type RunningStack } from '../types.ts';
import { Collector } from './collector.ts';
import { compose, requireComposeCli } from './compose-cli.ts';
import { ComposeStack } from './compose-stack.ts';
import { type ContainerEngine, connectEngine } from './container-engine.ts';
import { askRegistry, inspectImage, runningEngine } from './images.ts';
import { NetworkCuts } from './network-cut.ts';
import { openProject, type Project } from './project.ts';
import { killComposeOf, reapAbandoned, removeProject } from './reap.ts';
import { bringUp } from './up.ts';

/** The user's own compose files on a container engine, through Testcontainers, with a generated override. */
export const composeDriver: Driver = {
  name: 'compose',

  async available(definition?: StackDefinition) {
    try {
      const engine = await connectEngine();
      await requireComposeCli();
      return definition === undefined ? { ok: true } : await imagesToBeHad(definition, engine);
    } catch (error) {
      if (!(error instanceof MachineError)) throw error;
      return { ok: false, reason: error.message, remedy: error.remedy };
    }
  },

  async start(definition: StackDefinition, options: StartOptions): Promise<RunningStack> {
    const engine = await connectEngine();
    await requireComposeCli();
    for (const note of await reapAbandoned(engine.docker)) options.note(note);
    const project = await openProject(definition, engine, options);
    try {
      await project.prepare();
      return await startProject(project, engine, options);
    } catch (error) {
      await removeProject(engine.docker, project.name);
      removeScratch(project.scratch);
      throw error;
    }
  },
};

async function imagesToBeHad(definition: StackDefinition, { docker }: ContainerEngine) {
  const asked = definition.services.flatMap(({ engine, image, build }) =>
    engine !== undefined && image !== undefined && build === undefined ? image : [],
  );
  const answers = await Promise.all(
    [...new Set(asked)].map(async (image) => {
      if ((await inspectImage(docker, image)) !== undefined) return [];
      const words = await askRegistry(docker, image);
      return words === undefined ? [] : [`${image} (${words})`];
    }),
  );
  const lacking = answers.flat();
  if (lacking.length === 0) return { ok: true } as const;
  return {
    ok: false,
    reason: `The container engine answers, but neither it nor a registry that it reaches has ${lacking.join(', ')}.`,
    remedy: `Make them from the engines' binaries: telltale engines image --stack ${definition.directory}`,
  } as const;
}

async function startProject(project: Project, engine: ContainerEngine, options: StartOptions): Promise<RunningStack> {
  const { definition, model, scratch, owner, absent, name } = project;
  const cutting: { cuts?: NetworkCuts } = {};
  const collector = new Collector(engine.docker, name, (service) => {
    // A restart by the restart policy; if the container is gone again, the next start renews.
    cutting.cuts?.renew(service).catch(() => {});
  });
  const cuts = new NetworkCuts(engine, collector);
  cutting.cuts = cuts;
  await collector.begin();
  const everyone = Object.keys(model.services);
  const file = { override: '' };
  // Compose calls a project without services an error.
  const nobody = everyone.every((service) => absent.has(service));
  const up = nobody
    ? Promise.resolve()
    : bringUp({
        definition,
        project: name,
        collector,
        signal: options.signal,
        progress: options.progress,
        leftOut: new Set(absent.keys()),
        writeOverride: async (leftOut) => {
          file.override = await project.writeOverride(leftOut);
          return file.override;
        },
      });
  interrupt(up, scratch, options.signal);
  try {
    await up;
  } catch (error) {
    collector.end();
    throw error;
  }
  return new ComposeStack({
    definition,
    model,
    engine,
    project: name,
    scratch,
    collector,
    cuts,
    options,
    owner,
    absent,
    engines: project.engines(),
    ports: () => project.ports,
    recreate: (service, by) => recreate(project, service, by, file.override, options),
  });
}

const KILL_AGAIN_MS = 100;

/** On abort: ends what compose is doing, until `up` has come to its end. */
function interrupt(up: Promise<void>, scratch: string, signal: AbortSignal): void {
  const stop = (): void => killComposeOf(scratch);
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    stop();
    timer = setInterval(stop, KILL_AGAIN_MS);
  };
  const end = (): void => {
    signal.removeEventListener('abort', begin);
    clearInterval(timer);
  };
  if (signal.aborted) begin();
  else signal.addEventListener('abort', begin, { once: true });
  up.then(end, end);
}

/** @throws MachineError where the other image cannot be had, or compose refuses. */
async function recreate(
  project: Project,
  service: string,
  by: Replacement,
  override: string,
  options: StartOptions,
): Promise<RunningEngine | undefined> {
  const { definition, name } = project;
  const image = await project.bring(service, { ...options, replacements: { [service]: by } });
  if (image.kind === 'missing') throw new MachineError(image.reason, { remedy: image.remedy });
  const replacement = project.writeReplacement(service, image.reference);
  const own = definition.services.find((other) => other.name === service);
  const grace = Math.ceil((own?.stopGracePeriodMs ?? 10_000) / 1000);
  try {
    await compose({ definition, project: name, overrides: [override, replacement], signal: options.signal }, [
      ...['up', '-d', '--no-deps', '--no-build', '--force-recreate', '-t', String(grace), service],
    ]);
  } catch (error) {
    throw new MachineError(`${service} could not be replaced by ${image.reference}: ${(error as Error).message}`, {
      remedy: 'See whether the image runs with the command of the compose file.',
      cause: error,
    });
  }
  return own === undefined ? undefined : runningEngine(own, image);
}
