import { isLoopback } from '../configs/shared/addresses.ts';
import type { Finding } from '../position.ts';
import { unmountedVolumes } from '../promises/data.ts';
import { impossibleHealthCheck } from '../promises/health-checks.ts';
import { sharing } from '../promises/hosts.ts';
import { unreadable } from '../promises/route.ts';
import { type EngineService, engines, isEngine, type StackView } from '../promises/stack-view.ts';
import type { PublishedPort } from '../types.ts';
import { ruleFileFindings } from './rule-files.ts';

/** What only several files together show: published ports without a listener, ports taken twice. */
export function stackFindings(view: StackView): Finding[] {
  return [
    ...engines(view).flatMap((service) => portFindings(view, service)),
    ...collisions(view),
    ...ruleFileFindings(view),
    ...healthFindings(view),
    ...leftoverVolumes(view),
  ];
}

function healthFindings(view: StackView): Finding[] {
  return engines(view).flatMap((service): Finding[] => {
    const why = impossibleHealthCheck(service);
    if (why === undefined) return [];
    return [
      {
        id: 'REF-HEALTHCHECK',
        severity: 'warning',
        ...(service.healthcheck === undefined ? {} : { at: service.healthcheck.at }),
        service: service.name,
        message: `The health check of ${service.name} can never succeed: ${why}.`,
        remedy: 'Use a program that the image has, or leave the health check out and look from outside.',
      },
    ];
  });
}

function leftoverVolumes(view: StackView): Finding[] {
  return unmountedVolumes(view)
    .filter(({ owner }) => owner === undefined)
    .map(({ key, at }) => ({
      id: 'COMPOSE-VOLUME-UNUSED',
      severity: 'warning',
      at,
      message: `The volume ${key} is declared, and no service mounts it.`,
      remedy: `Mount ${key} where a service stores data, or remove it.`,
    }));
}

/** Ports that an OTLP sender tries by itself. */
const OTLP_PORTS = new Set([4317, 4318]);

function portFindings(view: StackView, service: EngineService): Finding[] {
  if (unreadable(service)) return [];
  const group = sharing(view, service);
  // In a shared network namespace the port may be the other's, and what an unknown service listens on is not known.
  if (!group.every(isEngine)) return [];
  const listeners = group.filter(isEngine).flatMap((one) => one.facts.listeners);
  return service.ports.flatMap((port): Finding[] => {
    if (port.protocol === 'udp') return [];
    const here = listeners.filter((listener) => listener.port === port.target);
    if (here.length > 0 && here.every((listener) => isLoopback(listener.host))) {
      const [listener] = here;
      return [
        {
          id: 'REF-PORT-LOOPBACK',
          severity: 'error',
          at: port.at,
          service: service.name,
          message: `Port ${port.target} of ${service.name} is published, and ${listener?.component ?? 'its listener'} is bound to ${listener?.host ?? 'loopback'} inside the container: nothing outside reaches it.`,
          remedy: `Bind ${listener?.component ?? 'it'} to 0.0.0.0:${port.target}.`,
        },
      ];
    }
    if (here.length > 0) return [];
    return [unusedPort(service, port, listeners)];
  });
}

function unusedPort(
  service: EngineService,
  port: PublishedPort,
  listeners: EngineService['facts']['listeners'],
): Finding {
  const wantsOtlp = OTLP_PORTS.has(port.target) && listeners.some((one) => one.protocol.startsWith('otlp'));
  const offered = [...new Set(listeners.map((one) => one.port))].join(', ');
  return {
    id: 'REF-PORT-UNUSED',
    severity: wantsOtlp || service.ports.length === 1 ? 'error' : 'warning',
    at: port.at,
    service: service.name,
    message: `Port ${port.target} of ${service.name} is published${port.published === undefined ? '' : ` as ${port.published}`}, and nothing listens on it${offered === '' ? '' : `: ${service.name} listens on ${offered}`}.`,
    remedy: 'Correct the port, or remove the line.',
  };
}

function collisions(view: StackView): Finding[] {
  const findings: Finding[] = [];
  const seen: { readonly service: string; readonly port: PublishedPort }[] = [];
  for (const service of view.services) {
    for (const port of service.ports) {
      if (port.published === undefined) continue;
      const twin = seen.find(
        (one) =>
          one.port.published === port.published &&
          one.port.protocol === port.protocol &&
          (one.port.hostIp === port.hostIp || isAny(one.port.hostIp) || isAny(port.hostIp)),
      );
      if (twin !== undefined) {
        findings.push({
          id: 'COMPOSE-PORT-TWICE',
          severity: 'error',
          at: port.at,
          service: service.name,
          message: `${service.name} and ${twin.service} both publish port ${port.published} of the host, and the second to start fails.`,
          remedy: 'Publish one of them on another port.',
        });
      }
      seen.push({ service: service.name, port });
    }
  }
  return findings;
}

function isAny(hostIp: string): boolean {
  return hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::';
}
