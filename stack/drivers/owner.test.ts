import { spawn } from 'node:child_process';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { isDead, ownerOf } from './owner.ts';

describe('the owner of what a run makes', () => {
  it('is alive while its process is', () => {
    expect(isDead(ownerOf())).toBe(false);
    expect(isDead(ownerOf(1))).toBe(false);
  });

  it('is dead when the process has ended', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    const owner = ownerOf(child.pid);
    await new Promise((resolve) => child.on('exit', resolve));
    expect(isDead(owner)).toBe(true);
  });

  it('is dead when the number belongs to a later process', () => {
    expect(isDead(`${process.pid}:1:${hostname()}`)).toBe(process.platform === 'linux');
  });

  it('is never called dead on another host, or when it cannot be read', () => {
    expect(isDead('999999999:1:elsewhere.example')).toBe(false);
    expect(isDead('nonsense')).toBe(false);
  });
});
