import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { connectEngine, type Docker } from '../drivers/compose/container-engine.ts';
import { makeScratch, removeScratch } from '../drivers/scratch.ts';
import { MachineError } from '../drivers/types.ts';
import { type ImageContext, VERSION_LABEL } from './image.ts';
import { rootfsTar } from './image-tar.ts';
import { type Progress, withHeartbeat } from './store/progress.ts';

/**
 * Builds an image on the container engine that Testcontainers finds, under the context's tag. The file system goes in
 * as one tar, so that owners and modes arrive exactly, with either of Docker's builders.
 * @returns the image's id.
 * @throws MachineError where no container engine answers, or with the builder's own words.
 */
export async function buildImage(context: ImageContext, { progress }: Progress): Promise<string> {
  const { docker: dockerode } = await connectEngine();
  const before = await ownImage(dockerode, context.tag);
  const directory = makeScratch('image');
  try {
    const rootfs = join(directory, 'rootfs.tar');
    await pipeline(rootfsTar(context.files), createWriteStream(rootfs));
    const { size } = await stat(rootfs);
    const upload = pack();
    upload.entry({ name: 'Dockerfile' }, context.dockerfile);
    createReadStream(rootfs)
      .on('error', (error) => upload.destroy(error))
      .pipe(upload.entry({ name: 'rootfs.tar', size }, (error) => (error ? upload.destroy(error) : upload.finalize())));
    const building = await dockerode.buildImage(Readable.from(upload), {
      t: context.tag,
      labels: context.labels,
    });
    await withHeartbeat(
      () => `building ${context.tag}`,
      progress,
      () =>
        new Promise<void>((resolve, reject) => {
          dockerode.modem.followProgress(building, (error, lines) => {
            const failed = lines?.find((line: { error?: string }) => line.error !== undefined);
            const words = error?.message ?? failed?.error;
            if (words === undefined) resolve();
            else
              reject(
                new MachineError(`Building ${context.tag} failed: ${words}`, { remedy: "Look into the engine's log." }),
              );
          });
        }),
    );
    const { Id } = await dockerode.getImage(context.tag).inspect();
    // What had the tag before would stay without a name. Where a container still uses it, it stays.
    if (before !== undefined && before !== Id) {
      await dockerode
        .getImage(before)
        .remove()
        .catch(() => {});
    }
    return Id;
  } finally {
    removeScratch(directory);
  }
}

/** The image that has the tag now, if it was made here and has no other name. */
async function ownImage(docker: Docker, tag: string): Promise<string | undefined> {
  try {
    const { Id, Config, RepoTags } = await docker.getImage(tag).inspect();
    return Config.Labels?.[VERSION_LABEL] !== undefined && RepoTags.length === 1 ? Id : undefined;
  } catch {
    return undefined;
  }
}
