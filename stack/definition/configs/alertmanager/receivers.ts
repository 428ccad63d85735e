import { type ConfigNode, entriesOf, itemsOf, nodeAt, textAt } from '../../config-node.ts';
import type { Output } from '../../facts.ts';
import type { ReaderContext } from '../reader.ts';
import { parseUrlTarget } from '../shared/addresses.ts';
import { prometheusHttpClient } from '../shared/http-client.ts';

/** What receivers notify by HTTP at an address that the file holds. */
export function receiverOutputs(root: ConfigNode, context: ReaderContext, base: string): Output[] {
  const outputs: Output[] = [];
  for (const receiver of itemsOf(nodeAt(root, 'receivers'))) {
    const name = textAt(receiver, 'name') ?? '';
    for (const [kind, entry] of entriesOf(receiver)) {
      if (!kind.endsWith('_configs')) continue;
      for (const config of itemsOf(entry.node)) {
        const url = nodeAt(config, 'url') ?? nodeAt(config, 'webhook_url') ?? nodeAt(config, 'api_url');
        const target = parseUrlTarget(textAt(url) ?? '');
        if (url === undefined || target === undefined) continue;
        const client = prometheusHttpClient(nodeAt(config, 'http_config'), context, base, textAt(url) ?? '');
        // Chat services carry their secret in the path.
        const secret = kind !== 'webhook_configs';
        const shown = secret ? { ...target, written: `${target.scheme}://${target.host}/***`, path: '' } : target;
        outputs.push({
          component: `${name}/${kind.replace(/_configs$/, '')}`,
          purpose: 'alert',
          protocol: 'http-api',
          signals: [],
          target: { ...shown, ...client },
          at: url.at,
        });
      }
    }
  }
  return outputs;
}
