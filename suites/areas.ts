import type { Area } from './types.ts';

/** All areas, in the order in which reports show them. */
export const AREAS: readonly Area[] = [
  'readiness',
  'config',
  'ingest',
  'promql',
  'logql',
  'traceql',
  'correlation',
  'profiles',
  'retention',
  'persistence',
  'limits',
  'resilience',
  'security',
  'grafana',
  'self-monitoring',
  'performance',
  'upgrade',
];
