import { describe, expect, it } from 'vitest';
import { promqlProblems, promqlSelectors } from './promql.ts';

describe('promqlSelectors', () => {
  it('names metrics, matchers and the labels that are needed', () => {
    expect(
      promqlSelectors(
        `sum by (job, "k8s.pod") (rate(http_requests_total{code=~"5..", job!="a\\"b"}[5m])) / on (job) sum by (job) (up)`,
      ),
    ).toEqual([
      {
        metric: 'http_requests_total',
        matchers: [
          { name: 'code', op: '=~', value: '5..' },
          { name: 'job', op: '!=', value: 'a"b' },
        ],
        labels: ['job', 'k8s.pod'],
      },
      { metric: 'up', matchers: [], labels: ['job'] },
    ]);
  });

  it('takes the name from __name__ or from a quoted name', () => {
    expect(promqlSelectors(`{__name__="a.b", x="1"} or {"c.d", y=\`\\z\`} or {job="z"}`)).toEqual([
      { metric: 'a.b', matchers: [{ name: 'x', op: '=', value: '1' }], labels: [] },
      { metric: 'c.d', matchers: [{ name: 'y', op: '=', value: '\\z' }], labels: [] },
      { metric: undefined, matchers: [{ name: 'job', op: '=', value: 'z' }], labels: [] },
    ]);
  });

  it('finds them in subqueries, offsets, ranges and functions', () => {
    const expr = 'max_over_time(rate(a[5m])[1h:1m] offset 1d) + absent(b) > bool c @ end() unless d';
    expect(promqlSelectors(expr).map(({ metric }) => metric)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('reads through the variables of Grafana', () => {
    const dollar = '$';
    const expr = `sum(rate(a{job="$job"}[$__rate_interval])) + rate(b[${dollar}{w}]) > ${dollar}{limit:raw} + $x`;
    expect(
      promqlSelectors(expr)
        .slice(0, 2)
        .map(({ metric }) => metric),
    ).toEqual(['a', 'b']);
  });
});

describe('promqlProblems', () => {
  it.each([
    'up',
    'sum(rate(a[5m])) by (x) > 0.5',
    'histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))',
    '1 + 2 * 3',
    'a offset -5m',
    'a{b="c",}',
  ])('accepts %s', (expr) => {
    expect(promqlProblems(expr)).toEqual([]);
  });

  it.each(['sum(rate(a[5m])', 'up{', 'a ==== b', 'sum by job (a)', 'a{b=c}', ')', ''])('refuses %s', (expr) => {
    expect(promqlProblems(expr).some(({ kind }) => kind === 'syntax')).toBe(true);
  });

  it('does not call an unknown function a syntax error', () => {
    expect(promqlProblems('frobnicate(up)').map(({ kind }) => kind)).not.toContain('syntax');
  });
});
