import { itemsOf, nodeAt } from '../config-node.ts';
import type { Finding } from '../position.ts';
import { engines, type StackView } from '../promises/stack-view.ts';
import { parseYaml } from '../syntax/yaml.ts';

/**
 * Patterns of `rule_files` that match nothing: Prometheus starts without a word, and the rules do not exist.
 * A single file that is missing is told by the reader of the configuration.
 */
export function ruleFileFindings(view: StackView): Finding[] {
  return engines(view)
    .filter((service) => service.engine === 'prometheus' && service.build === undefined)
    .flatMap((service): Finding[] => {
      const [config, ...loaded] = service.facts.files;
      if (config === undefined) return [];
      const { root } = parseYaml(config.text, config.file ?? config.containerPath);
      const base = config.containerPath.replace(/\/[^/]*$/, '');
      return itemsOf(nodeAt(root, 'rule_files')).flatMap((node): Finding[] => {
        const pattern = node.kind === 'scalar' ? String(node.value ?? '') : '';
        if (!/[*?[]/.test(pattern)) return [];
        const matcher = globOf(pattern.startsWith('/') ? pattern : `${base}/${pattern}`);
        if (loaded.some((file) => matcher.test(file.containerPath))) return [];
        return [
          {
            id: 'REF-RULE-FILES',
            severity: 'warning',
            at: node.at,
            service: service.name,
            message: `The pattern ${pattern} matches no file in the container of ${service.name}, so no rule comes of it.`,
            remedy: 'Mount the rules where the pattern looks, or correct the pattern.',
          },
        ];
      });
    });
}

function globOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^$(){}|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return /$^/;
  }
}
