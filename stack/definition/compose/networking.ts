import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../config-node.ts';
import type { PublishedPort } from '../types.ts';
import { textOf } from './merge.ts';
import { isNull, refuse } from './tree.ts';

/** `ports:` in long form. SCTP is left out: nothing here speaks it. */
export function readPorts(service: ConfigNode): PublishedPort[] {
  return itemsOf(nodeAt(service, 'ports')).flatMap((node) => {
    const protocol = (textAt(node, 'protocol') ?? 'tcp').toLowerCase();
    const target = Number(textAt(node, 'target'));
    if (!Number.isInteger(target))
      refuse('A port names no target.', node.at, 'Add `target:`, the port in the container.');
    if (protocol !== 'tcp' && protocol !== 'udp') return [];
    const written = textAt(node, 'published') ?? '';
    // Of a range, the container engine takes the first port that is free.
    const published = /^[0-9]+$/.test(written) ? Number(written) : undefined;
    return [
      {
        hostIp: textAt(node, 'host_ip') ?? '',
        ...(published === undefined ? {} : { published }),
        target,
        protocol,
        at: node.at,
      },
    ];
  });
}

/** `expose:` as numbers, ranges unfolded. */
export function readExpose(service: ConfigNode): number[] {
  return itemsOf(nodeAt(service, 'expose')).flatMap((node) => {
    const match = /^(\d+)(?:-(\d+))?(?:\/\w+)?$/.exec(textOf(node));
    if (match === null)
      refuse(`"${textOf(node)}" is no port.`, node.at, 'Write the number of a port of the container.');
    const start = Number(match[1]);
    const end = Number(match[2] ?? match[1]);
    return Array.from({ length: Math.max(0, Math.min(end, 65_535) - start + 1) }, (_, index) => start + index);
  });
}

/** Network key → aliases. The default network where none is named. */
export function readNetworks(service: ConfigNode): Record<string, readonly string[]> {
  if (textAt(service, 'network_mode') !== undefined || nodeAt(service, 'provider') !== undefined) return {};
  const entries = entriesOf(nodeAt(service, 'networks'));
  if (entries.length === 0) return { default: [] };
  return Object.fromEntries(entries.map(([name, entry]) => [name, itemsOf(nodeAt(entry.node, 'aliases')).map(textOf)]));
}

/** `HOST=ADDRESS` lines; a host with several addresses has several lines. */
export function readExtraHosts(service: ConfigNode): string[] {
  const node = nodeAt(service, 'extra_hosts');
  const lines = [
    ...entriesOf(node).flatMap(([host, entry]) => {
      const addresses = entry.node.kind === 'list' ? entry.node.items.map(textOf) : [textOf(entry.node)];
      return addresses.map((address) => ({ host, address, at: entry.keyAt }));
    }),
    ...itemsOf(node).flatMap((item) => {
      const text = textOf(item);
      const separator = text.includes('=') ? '=' : ':';
      const split = text.indexOf(separator);
      if (split === -1) {
        refuse(`The extra host "${text}" names no address.`, item.at, 'Write HOST=ADDRESS.');
      }
      const host = text.slice(0, split);
      return text
        .slice(split + 1)
        .split(',')
        .map((address) => ({ host, address, at: item.at }));
    }),
  ];
  return lines.map(({ host, address, at }) => {
    if (host === '' || /[:=]/.test(host)) refuse(`"${host}" cannot be the name of a host.`, at, 'Write HOST=ADDRESS.');
    return `${host}=${address.replace(/^\[(.+)\]$/, '$1')}`;
  });
}

/** Names that `links: [SERVICE:ALIAS]` gives to another service. */
export function readLinks(service: ConfigNode): { service: string; alias?: string; node: ConfigNode }[] {
  return itemsOf(nodeAt(service, 'links')).map((node) => {
    const [target = '', alias] = textOf(node).split(':', 2);
    return { service: target, ...(alias === undefined || alias === target ? {} : { alias }), node };
  });
}

export function hasNetworks(service: ConfigNode): boolean {
  const networks = nodeAt(service, 'networks');
  return networks !== undefined && !isNull(networks) && entriesOf(networks).length > 0;
}
