import { isLoopback } from '../configs/shared/addresses.ts';
import type { Listener } from '../facts.ts';
import type { Finding } from '../position.ts';
import type { StackPromise } from '../promise.ts';
import { impossibleHealthCheck } from '../promises/health-checks.ts';
import { sharing } from '../promises/hosts.ts';
import { unreadable } from '../promises/route.ts';
import { type EngineService, engines, isEngine, type StackView } from '../promises/stack-view.ts';
import type { PublishedPort } from '../types.ts';
import { configFindings } from './config-findings.ts';
import { ruleFileFindings } from './rule-files.ts';

/** What only several files together show: published ports without a listener, ports taken twice. */
export function stackFindings(view: StackView, promises: readonly StackPromise[]): Finding[] {
  return [
    ...engines(view).flatMap((service) => portFindings(view, service, promises)),
    ...collisions(view),
    ...ruleFileFindings(view),
    ...healthFindings(view),
    ...configFindings(view),
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

/** Ports that an OTLP sender tries by itself. */
const OTLP_PORTS = new Set([4317, 4318]);

function portFindings(view: StackView, service: EngineService, promises: readonly StackPromise[]): Finding[] {
  if (unreadable(service) !== undefined) return [];
  const group = sharing(view, service);
  // In a shared network namespace the port may be the other's, and what an unknown service listens on is not known.
  if (!group.every(isEngine)) return [];
  const listeners = group.filter(isEngine).flatMap((one) => one.facts.listeners);
  return service.ports.flatMap((port): Finding[] => {
    if (port.protocol === 'udp') return [];
    const here = listeners.filter((listener) => listener.port === port.target);
    if (here.length > 0 && here.every((listener) => isLoopback(listener.host))) {
      const [listener] = here;
      const told = promises.some(
        (one) =>
          one.state === 'broken' &&
          one.kind.startsWith('ingest.') &&
          one.subject === service.name &&
          one.column === listener?.protocol,
      );
      // A Collector's own metrics are on loopback unless asked for; examples publish them and nobody looks.
      if (told || listener?.component === 'telemetry') return [];
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
    const unused = unusedPort(service, port, listeners);
    return unused === undefined ? [] : [unused];
  });
}

/**
 * A published port without a listener is a leftover, and harms nobody, unless it seems to be meant for a listener that
 * no other line publishes: another port for OTLP, a slip of the finger, or nothing that is published leads anywhere.
 */
function unusedPort(service: EngineService, port: PublishedPort, listeners: readonly Listener[]): Finding | undefined {
  const targets = new Set(service.ports.map((one) => one.target));
  const unpublished = listeners.filter((listener) => !targets.has(listener.port));
  const nothingLeads = listeners.length > 0 && !listeners.some((listener) => targets.has(listener.port));
  const meant =
    unpublished.find((one) => OTLP_PORTS.has(port.target) && one.protocol.startsWith('otlp')) ??
    unpublished.find((one) => one.port === port.published || isSlip(one.port, port.target)) ??
    (nothingLeads ? unpublished[0] : undefined);
  if (meant === undefined) return undefined;
  const offered = [...new Set(listeners.map((one) => one.port))].join(', ');
  return {
    id: 'REF-PORT-UNUSED',
    severity: 'error',
    at: port.at,
    service: service.name,
    message: `Port ${port.target} of ${service.name} is published${port.published === undefined ? '' : ` as ${port.published}`}, and nothing listens on it: ${service.name} listens on ${offered}.`,
    remedy: `Publish port ${meant.port} (${meant.component}), or let it listen on ${port.target}.`,
  };
}

/** One digit is wrong, or two neighbours are swapped. */
function isSlip(right: number, written: number): boolean {
  const [one, other] = [String(right), String(written)];
  if (one.length !== other.length) return false;
  const wrong = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first, second] = wrong;
  if (wrong.length === 1) return first !== one.length - 1 || right > 10_000;
  if (wrong.length !== 2 || first === undefined || second !== first + 1) return false;
  return one[first] === other[second] && one[second] === other[first];
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
