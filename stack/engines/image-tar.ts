import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { type Pack, pack } from 'tar-stream';
import type { ImageFile } from './image.ts';

/** The file system of an image as a tar, owners and modes as described, whoever runs this. */
export function rootfsTar(files: readonly ImageFile[]): Pack {
  const tar = pack();
  const write = async (): Promise<void> => {
    for (const file of files) await writeMember(tar, file);
    tar.finalize();
  };
  write().catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  return tar;
}

async function writeMember(tar: Pack, file: ImageFile): Promise<void> {
  const name = file.path.slice(1);
  if (name === '') return;
  if (file.kind === 'link') {
    tar.entry({ name, type: 'symlink', linkname: file.target });
    return;
  }
  const [uid = 0, gid = 0] = file.owner.split(':').map(Number);
  const header = { name, mode: file.mode, uid, gid, mtime: new Date(0) };
  if (file.kind === 'directory') {
    tar.entry({ ...header, type: 'directory' });
    return;
  }
  if (typeof file.content === 'string') {
    tar.entry(header, file.content);
    return;
  }
  const source = file.content.hostPath;
  const { size } = await stat(source);
  await new Promise<void>((resolve, reject) => {
    const entry = tar.entry({ ...header, size }, (error) => (error ? reject(error) : resolve()));
    createReadStream(source).on('error', reject).pipe(entry);
  });
}
