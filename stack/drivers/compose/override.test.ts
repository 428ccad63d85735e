import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ComposeModel } from './compose-model.ts';
import { type OverrideRequest, overrideContent, overrideNotes } from './override.ts';
import { composeText, override, reset } from './override-file.ts';

function request(model: Partial<ComposeModel>, more: Partial<OverrideRequest> = {}): OverrideRequest {
  return {
    model: { services: {}, networks: {}, volumes: {}, ...model },
    project: 'telltale-x',
    owner: '1:2:host',
    publishOn: '127.0.0.1',
    binds: { mounts: {}, devices: {}, notes: [] },
    ports: new Map(),
    leftOut: new Set(),
    images: {},
    commands: {},
    takenSubnets: [],
    ...more,
  };
}

/** The file as compose gets it, tags in front of their values. */
const text = (asked: OverrideRequest): string => composeText(overrideContent(asked));
const labels = { 'telltale.owner': '1:2:host' };

describe('the override file', () => {
  it('takes every name and port that is fixed away, and keeps container names as aliases', () => {
    const web = {
      container_name: 'the-web',
      ports: [{ target: 80 }],
      networks: { default: null, back: { aliases: ['b'] } },
    };
    const ports = new Map([['web', [{ target: 80, published: 21000, protocol: 'tcp' as const }]]]);
    const written = text(request({ services: { web } }, { ports }));
    expect(written).toContain('container_name: !reset null');
    expect(written).toContain('ports: !override');
    expect(parse(written, { logLevel: 'silent' }).services.web).toMatchObject({
      labels,
      pull_policy: 'never',
      ports: [{ target: 80, published: '21000', protocol: 'tcp', host_ip: '127.0.0.1' }],
      networks: { default: { aliases: ['the-web'] }, back: { aliases: ['the-web'] } },
    });
  });

  it('gives no ports to a service in another’s network', () => {
    const ports = new Map([['owner', [{ target: 80, published: 21000, protocol: 'tcp' as const }]]]);
    const services = { owner: { networks: { default: null } }, guest: { network_mode: 'service:owner' } };
    const content = parse(text(request({ services }, { ports })), { logLevel: 'silent' });
    expect(content.services.owner.ports).toHaveLength(1);
    expect(content.services.guest.ports).toBeUndefined();
  });

  it('replaces every volume, whatever it is', () => {
    const volumes = {
      plain: null,
      fixed: { name: 'prod-data' },
      external: { external: true, name: 'theirs' },
      disguised: { driver_opts: { type: 'none', o: 'bind', device: '/srv/data' } },
      nfs: { driver_opts: { type: 'nfs', o: 'addr=10.0.0.1', device: ':/data' } },
    };
    const binds = { mounts: {}, devices: { disguised: '/tmp/copy' }, notes: [] };
    const written = text(request({ volumes }, { binds }));
    expect(written.match(/: !override/g)).toHaveLength(5);
    expect(parse(written, { logLevel: 'silent' }).volumes).toEqual({
      plain: { labels },
      fixed: { labels },
      external: { labels },
      disguised: { labels, driver_opts: { type: 'none', o: 'bind', device: '/tmp/copy' } },
      nfs: { labels },
    });
  });

  it('renames networks, and replaces external ones and those whose addresses are taken', () => {
    const networks = {
      own: { internal: true },
      external: { external: true },
      fixed: { ipam: { config: [{ subnet: '10.77.0.0/24' }] } },
      collides: { ipam: { config: [{ subnet: '172.18.5.0/24' }] } },
    };
    const web = { networks: { collides: { ipv4_address: '172.18.5.9' }, fixed: { ipv4_address: '10.77.0.9' } } };
    const asked = request({ networks, services: { web } }, { takenSubnets: ['172.18.0.0/16'] });
    const written = text(asked);
    expect(written).toMatch(/external: !override/);
    expect(written).toMatch(/collides: !override/);
    const content = parse(written, { logLevel: 'silent' });
    expect(content.networks).toEqual({
      own: { name: 'telltale-x_own', labels },
      external: { labels },
      fixed: { name: 'telltale-x_fixed', labels },
      collides: { labels },
    });
    expect(written.match(/ipv4_address: !reset null/g)).toHaveLength(1);
    expect(content.services.web.networks.fixed).toEqual({});
    expect(overrideNotes(asked).join('\n')).toMatch(/external is external[\s\S]*collides is in use/);
  });

  it('lets nobody wait for a service that is left out, nor give up because of one', () => {
    const services = {
      web: {
        depends_on: {
          gone: { condition: 'service_started', required: true },
          slow: { condition: 'service_healthy', required: true },
        },
        links: ['gone:g', 'slow'],
      },
      gone: { container_name: 'x' },
      slow: {},
    };
    const content = parse(text(request({ services }, { leftOut: new Set(['gone']) })), { logLevel: 'silent' });
    expect(content.services.gone).toEqual({ profiles: ['telltale-left-out'] });
    expect(content.services.web.depends_on).toEqual({ slow: { condition: 'service_healthy', required: false } });
    expect(content.services.web.links).toEqual(['slow']);
  });

  it('makes logs readable and replicas one, and says so', () => {
    const services = {
      plugin: { logging: { driver: 'loki' } },
      fine: { logging: { driver: 'local' } },
      many: { deploy: { replicas: 3 } },
    };
    const asked = request({ services });
    const content = parse(text(asked), { logLevel: 'silent' });
    expect(content.services.plugin.logging).toEqual({ driver: 'json-file' });
    expect(content.services.fine.logging).toBeUndefined();
    expect(content.services.many.deploy).toEqual({ replicas: 1 });
    expect(overrideNotes(asked)).toEqual([
      'plugin logs with the driver loki; in this run with json-file, so that its log can be read.',
      'many has 3 replicas in the file, and one in this run.',
    ]);
  });

  it('puts images and commands in place of the file’s', () => {
    const services = { web: { image: 'a:1', build: {}, command: ['x'] } };
    const written = text(request({ services }, { images: { web: 'b:2' }, commands: { web: ['x', '--y=$1'] } }));
    expect(written).toContain('build: !reset null');
    expect(parse(written, { logLevel: 'silent' }).services.web).toMatchObject({
      image: 'b:2',
      command: ['x', '--y=$$1'],
    });
  });

  it('labels nothing that is to be kept', () => {
    expect(text(request({ services: { web: {} }, volumes: { data: null } }, { owner: undefined }))).not.toContain(
      'owner',
    );
  });
});

describe('compose text', () => {
  it('doubles every dollar, keeps tags, and leaves out what is undefined', () => {
    const content = { a: override(['$x', '$$y']), b: reset(), c: undefined, d: { e: override({}) } };
    expect(composeText(content)).toBe('a: !override\n  - $$x\n  - $$$$y\nb: !reset null\nd:\n  e: !override {}\n');
  });
});
