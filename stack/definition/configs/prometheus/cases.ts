/** Configurations whose fate is known, held against promtool. */
export interface PrometheusCase {
  readonly title: string;
  readonly yaml: string;
  readonly rules?: string;
  readonly errors: readonly string[];
  readonly warnings?: readonly string[];
}

const RULES = (rule: string): string => `groups:\n  - name: g\n    rules:\n      - ${rule}\n`;
const rules = (title: string, text: string, errors: readonly string[]): PrometheusCase => ({
  title: `rules: ${title}`,
  yaml: 'rule_files: [rules.yml]',
  rules: text,
  errors,
});

export const PROMETHEUS_CASES: readonly PrometheusCase[] = [
  { title: 'an empty one', yaml: '', errors: [] },
  {
    title: 'a full one',
    yaml: `global: {scrape_interval: 15s, scrape_timeout: 10s, evaluation_interval: 1m, external_labels: {cluster: a}, scrape_native_histograms: true}
runtime: {gogc: 75}
scrape_configs:
  - job_name: app
    scrape_interval: 5s
    scrape_timeout: 4s
    honor_labels: true
    params: {module: [a]}
    basic_auth: {username: u, password: p}
    static_configs: [{targets: ['app:8080'], labels: {a: b}}]
    metric_relabel_configs: [{source_labels: [__name__], regex: go_.*, action: drop}]
  - job_name: files
    file_sd_configs: [{files: ['targets/*.json']}]
  - {job_name: web, http_sd_configs: [{url: 'http://sd/x'}], tls_config: {insecure_skip_verify: true}, scheme: https}
remote_write:
  - {url: 'http://m:9009/api/v1/push', headers: {X-Scope-OrgID: a}, queue_config: {capacity: 100}, send_exemplars: true}
remote_read: [{url: 'http://m:9009/read', read_recent: true}]
alerting: {alertmanagers: [{static_configs: [{targets: ['am:9093']}], api_version: v2}]}
storage: {tsdb: {out_of_order_time_window: 30m, retention: {time: 30d, size: 10GB}}, exemplars: {max_exemplars: 5000}}
otlp: {promote_resource_attributes: [service.name], translation_strategy: UnderscoreEscapingWithSuffixes, keep_identifying_resource_attributes: true}
tracing: {endpoint: 'tempo:4317', insecure: true}
`,
    errors: [],
  },
  { title: 'an unknown key', yaml: 'globl: {}', errors: ['CONFIG-UNKNOWN-KEY'] },
  {
    title: 'an unknown key of a job',
    yaml: 'scrape_configs: [{job_name: a, static_config: []}]',
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'an unknown key of remote write',
    yaml: "remote_write: [{url: 'http://a/b', header: {}}]",
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  {
    title: 'an unknown key of the tsdb',
    yaml: 'storage: {tsdb: {retention: {tme: 1d}}}',
    errors: ['CONFIG-UNKNOWN-KEY'],
  },
  { title: 'a duration without a unit', yaml: 'global: {scrape_interval: 15}', errors: ['CONFIG-VALUE'] },
  { title: 'a decimal duration', yaml: 'global: {scrape_interval: 1.5m}', errors: ['CONFIG-VALUE'] },
  {
    title: 'a quoted boolean',
    yaml: 'scrape_configs: [{job_name: a, honor_labels: "yes please"}]',
    errors: ['CONFIG-VALUE'],
  },
  { title: 'a list where a map must be', yaml: 'global: [a]', errors: ['CONFIG-VALUE'] },
  {
    title: 'a job without a name',
    yaml: "scrape_configs: [{static_configs: [{targets: ['a:1']}]}]",
    errors: ['CONFIG-SCRAPE-JOB'],
  },
  {
    title: 'two jobs of a name',
    yaml: 'scrape_configs: [{job_name: a}, {job_name: a}]',
    errors: ['CONFIG-SCRAPE-JOB'],
  },
  {
    title: 'a URL as a target',
    yaml: "scrape_configs: [{job_name: a, static_configs: [{targets: ['http://a:1']}]}]",
    errors: ['CONFIG-SCRAPE-TARGET'],
  },
  {
    title: 'a timeout longer than the interval',
    yaml: 'scrape_configs: [{job_name: a, scrape_interval: 5s, scrape_timeout: 10s}]',
    errors: ['CONFIG-SCRAPE-TIMEOUT'],
  },
  {
    title: 'a global timeout longer than the interval',
    yaml: 'global: {scrape_interval: 5s, scrape_timeout: 10s}',
    errors: ['CONFIG-SCRAPE-TIMEOUT'],
  },
  { title: 'remote write without a URL', yaml: 'remote_write: [{name: a}]', errors: ['CONFIG-URL'] },
  { title: 'stars in a directory', yaml: "rule_files: ['*/a.yml']", errors: ['CONFIG-RULE-FILES'] },
  { title: 'duplicate keys', yaml: 'global: {}\nglobal: {}', errors: ['CONFIG-YAML-DUPLICATE-KEY'] },
  { title: 'broken YAML', yaml: 'global: {', errors: ['CONFIG-YAML-SYNTAX'] },
  {
    title: 'promotion of all and of some',
    yaml: 'otlp: {promote_all_resource_attributes: true, promote_resource_attributes: [a]}',
    errors: ['CONFIG-OTLP'],
  },
  rules(
    'fine',
    `${RULES('{alert: A, expr: sum by (job) (up) == 0, for: 5m, keep_firing_for: 1m, labels: {a: b}, annotations: {s: "{{ $value }}"}}')}      - {record: "a:b", expr: "histogram_quantile(0.9, sum by (le) (rate(x_bucket[5m])))"}\n`,
    [],
  ),
  rules('a typo in a key', RULES('{alert: A, expr: up, fro: 5m}'), ['CONFIG-UNKNOWN-KEY']),
  rules('no expression', RULES('{alert: A}'), ['CONFIG-RULE']),
  rules('no name', RULES('{expr: up}'), ['CONFIG-RULE']),
  rules('both names', RULES('{alert: A, record: b, expr: up}'), ['CONFIG-RULE']),
  rules('a broken expression', RULES("{alert: A, expr: 'sum(up'}"), ['CONFIG-RULE-EXPR']),
  rules('for in a recording rule', RULES('{record: a, expr: up, for: 5m}'), ['CONFIG-RULE']),
  rules('a bad duration', RULES('{alert: A, expr: up, for: 5 min}'), ['CONFIG-VALUE']),
  rules('a group twice', `${RULES('{alert: A, expr: up}')}  - name: g\n    rules: []\n`, ['CONFIG-RULE-GROUP']),
  rules('a group without a name', 'groups: [{rules: []}]', ['CONFIG-RULE-GROUP']),
];
