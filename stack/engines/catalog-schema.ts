const text = { type: 'string', minLength: 1 } as const;
const texts = { type: 'array', items: text } as const;
const port = { type: 'integer', minimum: 1, maximum: 65535 } as const;
const version = { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+$' } as const;
const absolute = { type: 'string', pattern: '^/' } as const;

const imageProperties = {
  repository: text,
  entrypoint: texts,
  command: texts,
  user: { type: 'string' },
  workingDir: absolute,
  volumes: { type: 'array', items: absolute },
  directories: {
    type: 'array',
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['path', 'owner'],
      properties: { path: absolute, owner: { type: 'string', pattern: '^\\d+:\\d+$' } },
    },
  },
  defaultConfig: {
    type: 'object',
    additionalProperties: false,
    required: ['path', 'content'],
    properties: { path: absolute, content: text },
  },
  environment: { type: 'object', additionalProperties: { type: 'string' } },
  binaryPath: absolute,
  shell: { type: 'boolean' },
  programs: texts,
  ports: { type: 'array', items: port },
} as const;

const engine = {
  type: 'object',
  additionalProperties: false,
  required: [
    'role',
    'recognise',
    'image',
    'versions',
    'defaultVersion',
    'binary',
    'companions',
    'versionArgs',
    'ready',
    'source',
  ],
  properties: {
    role: { enum: ['gateway', 'metrics', 'logs', 'traces', 'profiles', 'ui', 'push', 'alerts'] },
    recognise: {
      type: 'object',
      additionalProperties: false,
      required: ['images', 'programs', 'configFiles', 'ports'],
      properties: { images: texts, programs: texts, configFiles: texts, ports: { type: 'array', items: port } },
    },
    image: {
      type: 'object',
      additionalProperties: false,
      required: Object.keys(imageProperties).filter((key) => key !== 'defaultConfig' && key !== 'programs'),
      properties: imageProperties,
    },
    imageVariants: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['image'],
        minProperties: 2,
        properties: {
          images: texts,
          tagEndings: texts,
          before: version,
          image: { type: 'object', additionalProperties: false, properties: imageProperties },
        },
      },
    },
    versions: { type: 'array', minItems: 1, items: version },
    defaultVersion: version,
    binary: text,
    companions: texts,
    versionArgs: texts,
    ready: {
      type: 'object',
      additionalProperties: false,
      required: ['path', 'port'],
      properties: { path: absolute, port },
    },
    source: {
      type: 'object',
      additionalProperties: false,
      required: ['byHand'],
      properties: {
        release: {
          type: 'object',
          additionalProperties: false,
          required: ['url', 'checksums', 'member'],
          properties: { url: text, checksums: text, member: text },
        },
        goModule: {
          type: 'object',
          additionalProperties: false,
          required: ['module', 'version', 'packages', 'tags', 'ldflags', 'copyReplace'],
          properties: {
            module: text,
            version: text,
            packages: texts,
            tags: texts,
            ldflags: { type: 'string' },
            copyReplace: { type: 'boolean' },
            files: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
        collectorBuilder: {
          type: 'object',
          additionalProperties: false,
          required: ['version', 'components', 'prefixes'],
          properties: {
            version: text,
            defaults: texts,
            prefixes: { type: 'object', additionalProperties: text },
            components: {
              type: 'object',
              propertyNames: { pattern: '^(receiver|processor|exporter|connector|extension)/[a-z0-9_]+$' },
              additionalProperties: text,
            },
          },
        },
        byHand: text,
      },
    },
  },
} as const;

/** The form of `catalog.yaml`, as a JSON Schema. */
export const catalogSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['engines', 'tools'],
  $defs: { engine },
  properties: {
    engines: {
      type: 'object',
      additionalProperties: false,
      required: [
        'prometheus',
        'loki',
        'tempo',
        'alloy',
        'otelcol',
        'grafana',
        'pyroscope',
        'pushgateway',
        'alertmanager',
      ],
      // A reference, so that the schema is compiled once and not nine times: this is on the way of every command.
      patternProperties: {
        '^(prometheus|loki|tempo|alloy|otelcol|grafana|pyroscope|pushgateway|alertmanager)$': {
          $ref: '#/$defs/engine',
        },
      },
    },
    tools: {
      type: 'object',
      additionalProperties: false,
      required: ['go', 'docker-compose'],
      properties: {
        go: {
          type: 'object',
          additionalProperties: false,
          required: ['version', 'oldest', 'toolchain', 'pipPackage'],
          properties: {
            version,
            oldest: version,
            toolchain: { type: 'object', additionalProperties: { type: 'string', pattern: '^h1:' } },
            pipPackage: text,
          },
        },
        'docker-compose': {
          type: 'object',
          additionalProperties: false,
          required: ['version', 'module', 'package', 'tags', 'ldflags', 'binary', 'versionArgs'],
          properties: {
            version,
            module: text,
            package: text,
            tags: texts,
            ldflags: { type: 'string' },
            binary: text,
            versionArgs: texts,
          },
        },
      },
    },
  },
} as const;
