import { describe, expect, it } from 'vitest';
import { readDockerfile } from './dockerfile.ts';

describe('readDockerfile', () => {
  it('fills in build arguments and follows stages', () => {
    const text = `# syntax=docker/dockerfile:1
ARG REGISTRY=docker.io
ARG TAG
FROM --platform=$BUILDPLATFORM \${REGISTRY}/grafana/loki:\${TAG:-3.7.8} AS base
COPY loki.yaml /etc/loki/
FROM base AS final
WORKDIR /etc/loki
COPY --chown=10001 rules.yaml \\
     extra/ ./
COPY --from=base /bin/x /bin/x
CMD ["-config.file=/etc/loki/loki.yaml"]
`;
    expect(readDockerfile(text)).toEqual({
      from: 'docker.io/grafana/loki:3.7.8',
      copies: [
        { source: 'loki.yaml', destination: '/etc/loki/' },
        { source: 'rules.yaml', destination: '/etc/loki/' },
        { source: 'extra/', destination: '/etc/loki/' },
      ],
      command: ['-config.file=/etc/loki/loki.yaml'],
      workingDir: '/etc/loki',
      environment: {},
      runs: [],
    });
    expect(readDockerfile(text, { TAG: '3.5.0', REGISTRY: 'mirror:5000' }, 'base').from).toBe(
      'mirror:5000/grafana/loki:3.5.0',
    );
  });

  it("takes a shell line for what it is, and an entrypoint for the end of the image's command", () => {
    const text = 'FROM prom/prometheus\nCMD ["--x"]\nENTRYPOINT /bin/prometheus --y\n';
    expect(readDockerfile(text)).toEqual({
      from: 'prom/prometheus',
      copies: [],
      entrypoint: ['/bin/sh', '-c', '/bin/prometheus --y'],
      environment: {},
      runs: [],
    });
    expect(readDockerfile('')).toEqual({ copies: [], environment: {}, runs: [] });
  });

  it('knows user, variables and what would be run', () => {
    const text = 'FROM prom/prometheus\nENV A=1 B="two words"\nENV C three four\nRUN chmod 0644 /x\nUSER nobody\n';
    expect(readDockerfile(text)).toMatchObject({
      environment: { A: '1', B: 'two words', C: 'three four' },
      user: 'nobody',
      runs: ['chmod 0644 /x'],
    });
  });
});
