import { describe, expect, it } from 'vitest';
import { place, readFixture, serviceOf, variables } from './testing/read.ts';

describe('anchors, merge keys and x- extensions', () => {
  const project = readFixture('anchors');

  it('are resolved before anything else', () => {
    const [a, b] = [serviceOf(project, 'a'), serviceOf(project, 'b')];
    expect(variables(a)).toEqual({ TZ: 'Europe/Amsterdam', SHARED: 'from-anchor', OWN: '1' });
    expect(variables(b)).toEqual({ TZ: 'UTC', SHARED: 'from-anchor' });
    expect([a.restart, b.restart, b.hostname]).toEqual(['unless-stopped', 'unless-stopped', 'bee']);
    expect(a.healthcheck).toMatchObject({ intervalMs: 10_000, retries: 2, test: ['CMD', 'true'] });
  });

  it('leave what they bring at the place of the anchor', () => {
    expect(place(serviceOf(project, 'a').environment.SHARED)).toBe('compose.yaml:10:13');
    expect(place(serviceOf(project, 'a').environment.TZ)).toBe('compose.yaml:18:11');
  });

  it('report a variable that is not set once, however many aliases lead there', () => {
    expect(project.findings).toEqual([]);
  });
});
