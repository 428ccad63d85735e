import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ComposeModel, ModelMount } from './compose-model.ts';
import { planBinds } from './scratch-binds.ts';

let user: string;
let scratch: string;
beforeEach(() => {
  user = mkdtempSync(join(tmpdir(), 'binds-user-'));
  scratch = mkdtempSync(join(tmpdir(), 'binds-scratch-'));
  mkdirSync(join(user, 'dir/sub'), { recursive: true });
  writeFileSync(join(user, 'dir/sub/file'), 'content');
});
afterEach(() => {
  for (const directory of [user, scratch]) rmSync(directory, { recursive: true });
});

const bind = (source: string, readOnly: boolean, create = true): ModelMount => ({
  type: 'bind',
  source,
  target: '/t',
  read_only: readOnly,
  bind: create ? { create_host_path: true } : {},
});

function plan(services: Readonly<Record<string, readonly ModelMount[]>>, volumes: ComposeModel['volumes'] = {}) {
  const model = {
    services: Object.fromEntries(Object.entries(services).map(([name, mounts]) => [name, { volumes: mounts }])),
    networks: {},
    volumes,
  };
  return planBinds(model, Object.keys(services), scratch);
}

describe('bind mounts in a run', () => {
  it('leaves what is read-only where it is', async () => {
    expect((await plan({ a: [bind(join(user, 'dir'), true)] })).mounts).toEqual({});
  });

  it('copies what is writable, and keeps everything else of the mount', async () => {
    const { mounts } = await plan({ a: [bind(join(user, 'dir'), false)] });
    const [mount] = mounts.a ?? [];
    expect(mount).toMatchObject({ type: 'bind', target: '/t', read_only: false, bind: { create_host_path: true } });
    expect(mount?.source?.startsWith(scratch)).toBe(true);
    expect(readFileSync(join(mount?.source ?? '', 'sub/file'), 'utf8')).toBe('content');
  });

  it('shows a reader the copy that another service writes to, also of a part of it', async () => {
    const { mounts } = await plan({
      reader: [bind(join(user, 'dir/sub'), true)],
      partial: [bind(join(user, 'dir/sub/file'), false)],
      writer: [bind(join(user, 'dir'), false)],
    });
    const copy = mounts.writer?.[0]?.source ?? '';
    expect(mounts.reader?.[0]?.source).toBe(join(copy, 'sub'));
    expect(mounts.partial?.[0]?.source).toBe(join(copy, 'sub/file'));
  });

  it('follows a link to what is mounted', async () => {
    symlinkSync(join(user, 'dir'), join(user, 'link'));
    const { mounts } = await plan({ a: [bind(join(user, 'link'), false)] });
    expect(statSync(mounts.a?.[0]?.source ?? '').isDirectory()).toBe(true);
    expect(readFileSync(join(mounts.a?.[0]?.source ?? '', 'sub/file'), 'utf8')).toBe('content');
  });

  it('puts an empty directory in the place of one that is too large, and says so', async () => {
    writeFileSync(join(user, 'dir/large'), '');
    truncateSync(join(user, 'dir/large'), 65 * 1024 * 1024);
    const { mounts, notes } = await plan({ a: [bind(join(user, 'dir'), false)] });
    expect(statSync(mounts.a?.[0]?.source ?? '').isDirectory()).toBe(true);
    expect(() => statSync(join(mounts.a?.[0]?.source ?? '', 'sub'))).toThrow();
    expect(notes).toEqual([
      `${join(user, 'dir')} is too large to be copied, and it may be written to: the run has an empty directory in its place.`,
    ]);
  });

  it('makes a missing directory in scratch, not among the user’s files', async () => {
    const { mounts, notes } = await plan({ a: [bind(join(user, 'gone'), true)] });
    expect(mounts.a?.[0]?.source?.startsWith(scratch)).toBe(true);
    expect(() => statSync(join(user, 'gone'))).toThrow();
    expect(notes).toHaveLength(1);
  });

  it('lets the engine refuse a missing source that must be there', async () => {
    expect(await plan({ a: [bind(join(user, 'gone'), false, false)] })).toEqual({ mounts: {}, devices: {}, notes: [] });
  });

  it('mounts the system’s own file systems and sockets read-only', async () => {
    const { mounts } = await plan({ a: [bind('/proc', false), bind('/dev/null', false), bind('/', false)] });
    expect(mounts.a?.map(({ source, read_only }) => `${source} ${read_only}`)).toEqual([
      '/proc true',
      '/dev/null true',
      '/ true',
    ]);
  });

  it('copies the directory behind a volume that is one in disguise', async () => {
    const device = join(user, 'dir');
    const { devices } = await plan({}, { v: { driver_opts: { type: 'none', o: 'bind', device } }, w: null });
    expect(Object.keys(devices)).toEqual(['v']);
    expect(readFileSync(join(devices.v ?? '', 'sub/file'), 'utf8')).toBe('content');
  });
});
