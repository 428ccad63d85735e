import { type ConfigNode, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Output } from '../../facts.ts';
import type { ReaderContext } from '../reader.ts';
import { joinPath, parseListenAddress, parseUrlTarget } from '../shared/addresses.ts';
import type { FindingList } from '../shared/findings.ts';
import { prometheusHttpClient } from '../shared/http-client.ts';

/** Remote write and remote read: what Prometheus sends to and asks of others. */
export function remoteOutputs(
  root: ConfigNode | undefined,
  key: 'remote_write' | 'remote_read',
  base: string,
  context: ReaderContext,
  findings: FindingList,
): Output[] {
  const outputs: Output[] = [];
  itemsOf(nodeAt(root, key)).forEach((node, index) => {
    const url = textAt(node, 'url') ?? '';
    const target = parseUrlTarget(url);
    if (target === undefined) {
      findings.error(
        'CONFIG-URL',
        nodeAt(node, 'url')?.at ?? node.at,
        url === ''
          ? `An entry of ${key} has no url.`
          : `"${url}" is not a URL that Prometheus can ${key.replace('remote_', '')}.`,
        'Write the whole URL with http:// or https://.',
      );
      return;
    }
    outputs.push({
      component: `${key}/${textAt(node, 'name') ?? index}`,
      purpose: key === 'remote_write' ? 'push' : 'query',
      protocol: key === 'remote_write' ? 'prometheus-remote-write' : 'http-api',
      signals: ['metrics'],
      target: { ...target, ...prometheusHttpClient(node, context, base, url) },
      at: nodeAt(node, 'url')?.at ?? node.at,
    });
  });
  return outputs;
}

/** Alertmanagers with a fixed address. */
export function alertOutputs(root: ConfigNode | undefined, base: string, context: ReaderContext): Output[] {
  const outputs: Output[] = [];
  for (const node of itemsOf(nodeAt(root, 'alerting', 'alertmanagers'))) {
    const scheme = textAt(node, 'scheme') === 'https' ? 'https' : 'http';
    const path = joinPath(textAt(node, 'path_prefix') ?? '', '/api/v2/alerts');
    for (const group of itemsOf(nodeAt(node, 'static_configs'))) {
      for (const target of itemsOf(nodeAt(group, 'targets'))) {
        const written = textAt(target);
        const address = written === undefined ? undefined : parseListenAddress(written, scheme === 'https' ? 443 : 80);
        if (written === undefined || address === undefined) continue;
        outputs.push({
          component: 'alerting',
          purpose: 'alert',
          protocol: 'alertmanager-api',
          signals: [],
          target: { written, scheme, ...address, path, ...prometheusHttpClient(node, context, base) },
          at: target.at,
        });
      }
    }
  }
  return outputs;
}
