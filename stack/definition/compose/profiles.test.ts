import { describe, expect, it } from 'vitest';
import { readCompose } from './read-compose.ts';
import { fixture } from './testing/fixtures.ts';
import { readFixture } from './testing/read.ts';

describe('profiles', () => {
  it('start what has none, and what has one that is on', () => {
    const project = readFixture('profiles');
    expect(project.services.map((service) => service.name)).toEqual(['always', 'traces', 'debug']);
    expect(project.inactive).toEqual({ logs: ['logs'] });
    expect(Object.keys(project.volumes)).toEqual(['tempo']);
    expect(Object.keys(project.networks)).toEqual(['default']);
  });

  it('start everything with *', () => {
    const project = readFixture('profiles-all');
    expect(project.services).toHaveLength(4);
    expect(Object.keys(project.networks)).toEqual(['default', 'unused']);
  });

  it('come from COMPOSE_PROFILES where none is named', () => {
    const { directory } = fixture('profiles');
    const names = (environment: Record<string, string>) =>
      readCompose(directory, { environment }).services.map((service) => service.name);
    expect(names({ COMPOSE_PROFILES: 'traces' })).toEqual(['always', 'traces']);
    expect(names({})).toEqual(['always']);
  });
});
