import type { ComposeOptions } from '../read-compose.ts';

/** A project that compose refuses, and what we say about it. */
export interface Refusal {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly options?: ComposeOptions;
  /** `FILE:LINE:COLUMN`, or empty where there is no place. */
  readonly at: string;
  readonly message: string;
  readonly remedy?: string;
}

const one = (title: string, text: string, at: string, message: string, remedy?: string): Refusal => ({
  title,
  files: { 'compose.yaml': text },
  at: at === '' ? '' : `compose.yaml:${at}`,
  message,
  ...(remedy === undefined ? {} : { remedy }),
});

const service = (title: string, text: string, at: string, message: string, remedy?: string): Refusal =>
  one(title, `services:\n  app:\n    image: a\n${text}\n`, at, message, remedy);

export const REFUSALS: readonly Refusal[] = [
  { title: 'no compose file', files: { 'other.yaml': 'services: {}' }, at: '', message: 'looked for compose.yaml' },
  {
    title: 'a named file that is not there',
    files: { 'compose.yaml': 'services: { a: { image: a } }' },
    options: { files: ['nope.yml'] },
    at: '',
    message: 'no compose file nope.yml',
  },
  one('broken YAML', 'services:\n  app:\n    image: [a\n  b: c\n', '4:3', 'not valid YAML'),
  one('a tab', 'services:\n\tapp:\n', '2:1', 'Tabs are not allowed', 'Indent with spaces.'),
  one('a key twice', 'services:\n  a: { image: a }\n  a: { image: b }\n', '3:3', '"a" stands twice'),
  one('an unknown alias', 'services:\n  a: *nope\n', '2:6', 'alias *nope'),
  one('a list at the top', '- a\n- b\n', '1:1', 'must be a mapping, and this is a list'),
  one('an empty file', '', '1:1', 'no services'),
  one('services as a list', 'services:\n  - a\n', '2:3', 'services must be a mapping'),
  one('a service as a string', 'services:\n  app: image\n', '2:8', 'services.app must be a mapping'),
  one('a service without content', 'services:\n  app:\n', '2:7', 'services.app must be a mapping'),
  one(
    'an unknown top-level key',
    'service:\n  a: { image: a }\n',
    '1:1',
    'no key "service"',
    'Did you mean "services"?',
  ),
  one('no image', 'services:\n  app: { command: x }\n', '2:3', 'neither an image nor a build'),
  one('a service name with a space', 'services:\n  "my app": { image: a }\n', '2:3', 'not a name'),
  service('an unknown key', '    port: ["80:80"]', '4:5', 'no key "port" in services.app', 'Did you mean "ports"?'),
  service('an unknown key far from any', '    zzzzzzzz: 1', '4:5', 'no key "zzzzzzzz"', 'Remove it'),
  service(
    'a misspelt key inside',
    '    healthcheck: { test: x, intervall: 5s }',
    '4:29',
    'no key "intervall"',
    'Did you mean "interval"?',
  ),
  service('ports as a mapping', '    ports: { a: b }', '4:12', 'services.app.ports must be a list'),
  service('ports without content', '    ports:', '4:11', 'services.app.ports must be a list'),
  service('an environment without content', '    environment:', '4:17', 'environment must be a mapping or a list'),
  service(
    'a number in a command',
    '    command: [--x, 5]',
    '4:20',
    'services.app.command[] must be a string',
    'quotes: "5"',
  ),
  service('a number as container name', '    container_name: 5', '4:21', 'container_name must be a string'),
  service('a nested environment', '    environment: { A: { b: c } }', '4:23', 'environment.A must be'),
  service('a boolean in a list of strings', '    profiles: [true]', '4:16', 'profiles[] must be a string'),
  service('an item twice', '    cap_add: [A, B]\n    security_opt: [x, x]', '5:23', 'names "x" twice'),
  service('a duration without unit', '    healthcheck: { test: x, interval: "30" }', '4:39', 'no duration'),
  service('a duration as a number', '    healthcheck: { test: x, interval: 30 }', '4:39', 'must be a string'),
  service('a health check of unknown kind', '    healthcheck: { test: [curl, x] }', '4:26', 'begins with "curl"'),
  service('a volume that is not defined', '    volumes: ["data:/data"]', '4:15', 'volume "data"', 'Define it'),
  service(
    'a volume misspelt',
    '    volumes: ["dta:/data"]\nvolumes: { data: }',
    '4:15',
    '"dta"',
    'Did you mean "data"?',
  ),
  service(
    'a target mounted twice',
    '    volumes: [{type: bind, source: ./a, target: /x}]\n    tmpfs: /x',
    '5:12',
    'mounts /x twice',
  ),
  service('a volume with too many colons', '    volumes: ["./a:/a:ro:x"]', '4:15', 'too many colons'),
  service(
    'a volume of unknown type',
    '    volumes: [{ type: bnd, source: a, target: /a }]',
    '4:23',
    '"bnd"',
    'Did you mean "bind"?',
  ),
  service('a bind without source', '    volumes: [{ type: bind, target: /a }]', '4:15', 'no source'),
  service('a network that is not defined', '    networks: [front]', '4:16', 'network "front"'),
  service(
    'network_mode with networks',
    '    network_mode: host\n    networks: [default]',
    '4:19',
    'both network_mode and networks',
  ),
  service('a config that is not defined', '    configs: [c]', '4:15', 'config "c"'),
  service('a secret that is not defined', '    secrets: [{ source: s }]', '4:15', 'secret "s"'),
  service(
    'a dependency on nothing',
    '    depends_on: [ap, app2]\n  app2: { image: b }',
    '4:18',
    'depends on "ap"',
    'Did you mean "app"?',
  ),
  service('a dependency on itself', '    depends_on: [app]', '4:18', 'app → app'),
  service(
    'a condition of unknown kind',
    '    depends_on: { b: { condition: healthy } }\n  b: { image: b }',
    '4:35',
    'service_healthy',
  ),
  one(
    'a circle of dependencies',
    'services:\n  a: { image: a, depends_on: [b] }\n  b: { image: b, depends_on: [c] }\n  c: { image: c, depends_on: [a] }\n',
    '4:31',
    'a → b → c → a',
  ),
  one(
    'a dependency that a profile switches off',
    'services:\n  a: { image: a, depends_on: [b] }\n  b: { image: b, profiles: [extra] }\n',
    '2:31',
    'only the profile extra starts',
    'Switch on the profile extra',
  ),
  service(
    'a required variable, unset',
    `    command: \${NEEDED:?set it}`,
    '4:14',
    'variable NEEDED is not set: set it',
    '.env',
  ),
  one(
    'a required variable, empty',
    `services:\n  a:\n    image: a:\${COMPOSE_PROJECT_NAME_X?}\n`,
    '3:12',
    'is not set',
  ),
  service('an unclosed variable', `    command: echo \${OPEN`, '4:14', 'never closed', '$$'),
  service('a form that compose does not know', `    command: echo \${A B}`, '4:14', 'not a form'),
  service('a port out of range', '    ports: ["70000:80"]', '4:13', 'names no port of the host'),
  service('a port that is a word', '    ports: ["http"]', '4:13', 'names no port of the container'),
  service('port 0', '    ports: [0]', '4:13', 'names no port of the container'),
  one('a merge of nothing', 'x-a: &a\nservices:\n  app:\n    <<: *a\n    image: a\n', '1:8', 'can merge maps only'),
  service('a port on no address', '    ports: ["localhost:80:80"]', '4:13', 'no IP address'),
  service('ranges of different length', '    ports: ["80-82:80-81"]', '4:13', 'different length'),
  service('a port of unknown protocol', '    ports: ["80/http"]', '4:13', 'protocol "http"'),
  service('a port of an unclear number', '    ports: [{ published: 80 }]', '4:13', 'no target'),
  service('an integer that is none', '    scale: "many"', '4:12', 'must be an integer'),
  service('a boolean that is none', '    read_only: maybe', '4:16', 'must be a boolean'),
  service('a size that is none', '    mem_limit: lots', '4:16', 'no size'),
  service(
    'scale against replicas',
    '    scale: 2\n    deploy: { replicas: 3 }',
    '4:12',
    'scale 2 and deploy.replicas 3',
  ),
  service('one name for many', '    scale: 2\n    container_name: c', '4:12', 'one container_name'),
  service(
    'a name for two containers',
    '    container_name: c\n  b: { image: b, container_name: c }',
    '5:3',
    'share the container_name',
  ),
  service('a command with an open quote', '    command: echo "x', '4:14', 'cannot be split'),
  service('an extra host without address', '    extra_hosts: [host]', '4:19', 'names no address'),
  service('a space before an equals sign', '    environment: ["A =b"]', '4:19', 'space before its equals sign'),
  service(
    'an env file that is not there',
    '    env_file: nope.env',
    '4:15',
    'nope.env cannot be read: there is no such file',
  ),
  service('two Dockerfiles', '    build: { dockerfile: D, dockerfile_inline: FROM x }', '4:12', 'both dockerfile'),
  service(
    'a config of two sources',
    '    configs: [c]\nconfigs: { c: { file: x, content: y } }',
    '5:12',
    'several sources',
  ),
  service('a config without source', '    configs: [c]\nconfigs: { c: { name: x } }', '5:12', 'no source'),
  service(
    'an external volume with a driver',
    '    volumes: ["v:/v"]\nvolumes: { v: { external: true, driver: local } }',
    '5:33',
    'external',
  ),
  service('an extended service that is not there', '    extends: base', '4:14', 'extends "base"'),
  service('a service that extends itself', '    extends: app', '4:14', 'extends itself'),
  service(
    'an extended file that is not there',
    '    extends: { file: nope.yml, service: a }',
    '4:22',
    'nope.yml cannot be read',
  ),
  one(
    'a circle of extensions',
    'services:\n  a: { image: a, extends: b }\n  b: { image: b, extends: { service: a } }\n',
    '2:27',
    'extends itself',
  ),
  {
    title: 'a circle of inclusions',
    files: {
      'compose.yaml': 'include: [other.yaml]\nservices: { a: { image: a } }\n',
      'other.yaml': 'include:\n  - compose.yaml\nservices: { b: { image: b } }\n',
    },
    at: 'other.yaml:2:5',
    message: 'compose.yaml → other.yaml → compose.yaml',
  },
  one(
    'an included file that is not there',
    'include: [nope.yaml]\nservices: { a: { image: a } }\n',
    '1:11',
    'nope.yaml cannot be read',
  ),
  {
    title: 'a service that two files define',
    files: {
      'compose.yaml': 'include:\n  - other.yaml\nservices:\n  a: { image: a }\n',
      'other.yaml': 'services:\n  a: { image: b }\n',
    },
    at: 'other.yaml:2:3',
    message: 'differently in compose.yaml:4',
  },
  {
    title: 'an error in an included file',
    files: {
      'compose.yaml': 'include: [sub/other.yaml]\nservices: { a: { image: a } }\n',
      'sub/other.yaml': 'services:\n  b:\n    image: b\n    imagee: c\n',
    },
    at: 'sub/other.yaml:4:5',
    message: 'no key "imagee"',
  },
  {
    title: 'two forms that cannot be merged',
    files: {
      'compose.yaml': 'services: { a: { image: a, ports: ["80:80"] } }\n',
      'compose.override.yaml': 'services:\n  a:\n    ports: { target: 80 }\n',
    },
    at: 'compose.override.yaml:3:12',
    message: 'a mapping here and a list in compose.yaml:1',
  },
  {
    title: 'an error in .env',
    files: { 'compose.yaml': 'services: { a: { image: a } }\n', '.env': 'GOOD=1\nBAD NAME=2\n' },
    at: '.env:2:1',
    message: 'holds a space',
  },
  {
    title: 'an open quote in .env',
    files: { 'compose.yaml': 'services: { a: { image: a } }\n', '.env': 'A=1\nB="open\n' },
    at: '.env:2:3',
    message: 'never closed',
  },
  {
    title: 'a project name that is none',
    files: { 'compose.yaml': 'services: { a: { image: a } }\n' },
    options: { projectName: 'Not A Name' },
    at: '',
    message: 'cannot be the name',
  },
];
