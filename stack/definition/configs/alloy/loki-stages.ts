import type { Effect } from '../../facts.ts';
import type { AlloyStatement } from '../../syntax/alloy/ast.ts';
import { listOf, numberOf, textOf } from '../../syntax/alloy/values.ts';
import type { AlloyScope } from './modules.ts';

/**
 * What the stages of a `loki.process` do to lines and labels, in as far as it can be computed. Stages that only
 * extract values for later ones have no effect of their own.
 *
 * @see https://grafana.com/docs/alloy/latest/reference/components/loki/loki.process/
 */
export function lokiStageEffects(scope: AlloyScope, body: readonly AlloyStatement[]): Effect[] {
  return body.flatMap((statement): Effect[] => {
    if (statement.kind !== 'block' || !statement.name.startsWith('stage.')) return [];
    const stage = statement.name.slice('stage.'.length);
    const values = scope.attribute(statement.body, 'values');
    const names =
      values?.kind === 'map' ? [...values.fields.keys()] : listOf(values).flatMap((value) => textOf(value) ?? []);
    switch (stage) {
      case 'json':
      case 'logfmt':
      case 'regex':
      case 'pattern':
      case 'geoip':
        return [];
      case 'labels':
        return [{ kind: 'promote-label', attributes: names }];
      case 'static_labels':
        if (values?.kind !== 'map') return [{ kind: 'unknown', why: 'static labels that are not known are set' }];
        return [...values.fields].map(([key, value]) => {
          const text = textOf(value);
          return text === undefined
            ? { kind: 'unknown', why: `the label ${key} is set to something that is not known` }
            : { kind: 'set-attribute', scope: 'any', key, value: text, mode: 'upsert' };
        });
      case 'label_drop':
      case 'structured_metadata_drop':
        return names.map((key) => ({ kind: 'delete-attribute', scope: 'any', key }));
      case 'drop':
        return [{ kind: 'drop', what: 'lines by stage.drop' }];
      case 'limit':
        return [{ kind: 'drop', what: 'lines over the rate of stage.limit' }];
      case 'sampling': {
        const ratio = numberOf(scope.attribute(statement.body, 'rate'));
        if (ratio === 1) return [];
        return [ratio === undefined ? { kind: 'sample' } : { kind: 'sample', ratio }];
      }
      case 'replace':
      case 'luhn':
        return [{ kind: 'redact', what: `parts of lines by stage.${stage}` }];
      case 'metrics':
        return [{ kind: 'derive', from: 'logs', to: 'metrics', into: 'loki_process_custom_' }];
      default:
        return [{ kind: 'unknown', why: `what stage.${stage} does is not computed` }];
    }
  });
}
