import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf, variables, words } from './testing/read.ts';

describe('extends', () => {
  const project = readFixture('extends');

  it('follows files into directories, each path beginning at its own file', () => {
    const one = serviceOf(project, 'one');
    expect(one.image).toBe('root:1');
    expect(one.mounts.map((mount) => ('source' in mount ? mount.source : mount.target))).toEqual([
      `${project.directory}/base/deeper/root.yml`,
      '/cache',
      `${project.directory}/base/middle.yml`,
    ]);
    expect(one.build?.context).toBe(`${project.directory}/base`);
    expect(one.networks).toEqual({ default: ['rooted'] });
  });

  it('lets the nearer service win', () => {
    expect(variables(serviceOf(project, 'one'))).toEqual({
      LEVEL: 'top',
      LEAF: 'unset',
      MIDDLE: 'yes',
      ROOT: '1',
      LEAF_FILE: '1',
    });
    expect(words(serviceOf(project, 'four').command)).toEqual(['two']);
    expect(variables(serviceOf(project, 'four'))).toEqual({ SHARED: 'four' });
  });

  it('keeps the places of the files that were extended', () => {
    const one = serviceOf(project, 'one');
    expect(place(one)).toBe('compose.yaml:2:3');
    expect(one.mounts.map(place)).toEqual([
      'base/deeper/root.yml:5:9',
      'base/deeper/root.yml:6:9',
      'base/common.yml:8:15',
    ]);
    expect(place(one.environment.LEAF)).toBe('base/common.yml:4:39');
    expect(place(one.environment.LEAF_FILE)).toBe('base/leaf.env:1:1');
  });
});
