import { describe, expect, it } from 'vitest';
import { sparesProbes } from './expectation.ts';

describe('a filter spares probes', () => {
  it.each([
    'attributes["http.route"] == "/healthz"',
    'log_record: attributes["http.route"] == "/healthz" or attributes["http.route"] == "/ready"',
    'IsMatch(name, "^http\\\\.server\\\\.health.*")',
    'severity_number < SEVERITY_NUMBER_INFO',
    'severity_number <= SEVERITY_NUMBER_DEBUG4',
  ])('%s', (condition) => {
    expect(sparesProbes(condition)).toBe(true);
  });

  it.each([
    'resource.attributes["team"] != "blue"',
    'attributes["team"] == nil',
    'not IsMatch(name, "http.*")',
    'IsMatch(name, ".*")',
    'IsMatch(name, "telltale.*")',
    'attributes["http.route"] == "/healthz" or true',
    'severity_number < SEVERITY_NUMBER_WARN',
    'lines by stage.drop',
  ])('and may not: %s', (condition) => {
    expect(sparesProbes(condition)).toBe(false);
  });
});
