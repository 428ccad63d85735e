import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf, variables } from './testing/read.ts';

describe('environment', () => {
  const project = readFixture('environment');

  it('turns unquoted values into the text that Go prints', () => {
    expect(variables(serviceOf(project, 'map'))).toMatchObject({
      INT: '42',
      OCTAL: '420',
      HEX: '31',
      FLOAT: '1.5',
      EXP: '1000',
      SMALL: '1e-05',
      BIG: '12345678901234567',
      BOOL: 'true',
      YES: 'yes',
      QUOTED: '0644',
      MULTI: 'one\ntwo\n',
      FOLDED: 'one two',
    });
  });

  it('takes a variable without value from the host, and null where the host has none', () => {
    expect(variables(serviceOf(project, 'map'))).toMatchObject({
      FROM_HOST: 'host value',
      NULL_UNSET: null,
      EMPTY: '',
    });
    expect(variables(serviceOf(project, 'list'))).toEqual({
      TEXT: 'last wins',
      EQ: 'a=b',
      EMPTY: '',
      FROM_HOST: 'host value',
      UNSET_HERE: null,
      SPACES: 'a b  c',
      QUOTES: '"kept"',
    });
  });

  it('gives each its place', () => {
    const { environment } = serviceOf(project, 'map');
    expect(place(environment.INT)).toBe('compose.yaml:6:12');
    expect(place(environment.NULL_UNSET)).toBe('compose.yaml:15:7');
    expect(place(serviceOf(project, 'list').environment.TEXT)).toBe('compose.yaml:37:9');
  });
});

describe('env_file', () => {
  const project = readFixture('env-files');

  it('is read in its order, interpolated, and lies under environment', () => {
    expect(variables(serviceOf(project, 'list'))).toMatchObject({ BOTH: 'two', SEEN: '1', HOST: 'from-host' });
    expect(variables(serviceOf(project, 'long'))).toMatchObject({
      OVERRIDDEN: 'service',
      NULLED: null,
      REF: 'project/1/own',
      RAW: '"kept $AS it is" # too',
      SHADOW: 'file',
      SHADOW_REF: 'host',
    });
  });

  it('gives variables their place in the file', () => {
    const { environment } = serviceOf(project, 'long');
    expect([environment.REF, environment.RAW, environment.OVERRIDDEN].map(place)).toEqual([
      'one.env:4:1',
      'raw.env:1:1',
      'compose.yaml:12:19',
    ]);
  });
});
