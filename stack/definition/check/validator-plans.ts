import { basename } from 'node:path';
import type { EngineBinary } from '../../engines/types.ts';
import type { EngineService } from '../promises/stack-view.ts';

/** How an engine checks its own configuration: a program and its words, files named by container path. */
export interface ValidatorPlan {
  readonly program: string;
  readonly words: readonly string[];
  /** Container path → text, to be written into the temporary directory before. */
  readonly files: Readonly<Record<string, string>>;
}

/** The engines' own validators for a service, or why there is none. */
export function validatorPlans(service: EngineService, binary: EngineBinary): readonly ValidatorPlan[] | string {
  const files = Object.fromEntries(service.facts.files.map(({ containerPath, text }) => [containerPath, text]));
  const [config] = service.facts.files;
  if (config === undefined) return 'no configuration file of it could be read';
  const main = config.containerPath;
  const companion = (name: string): string | undefined => binary.companions[name];
  switch (service.engine) {
    case 'prometheus': {
      const promtool = companion('promtool');
      if (promtool === undefined) return 'promtool is not beside the binary';
      // The syntax only: what the configuration refers to lies at container paths, and is checked from the files.
      const rules = service.facts.files.filter((file) => file !== config && /^\s*groups\s*:/m.test(file.text));
      return [
        {
          program: promtool,
          words: ['check', 'config', '--syntax-only', ...(service.role === 'gateway' ? ['--agent'] : []), main],
          files,
        },
        ...(rules.length === 0
          ? []
          : [{ program: promtool, words: ['check', 'rules', ...rules.map((file) => file.containerPath)], files }]),
      ];
    }
    case 'alertmanager': {
      const amtool = companion('amtool');
      return amtool === undefined
        ? 'amtool is not beside the binary'
        : [{ program: amtool, words: ['check-config', main], files }];
    }
    case 'loki':
      return [
        {
          program: binary.path,
          words: ['-verify-config', ...flagsOf(service, main, /config\.file|config\.expand-env/)],
          files,
        },
      ];
    case 'tempo':
      return [
        {
          program: binary.path,
          words: ['-config.verify=true', ...flagsOf(service, main, /config\.file|config\.expand-env/)],
          files,
        },
      ];
    case 'otelcol':
      return [
        {
          program: binary.path,
          words: ['validate', ...service.facts.files.map((file) => `--config=${file.containerPath}`)],
          files,
        },
      ];
    case 'alloy':
      return [{ program: binary.path, words: ['validate', main], files }];
    default:
      return `${service.engine} has no validator of its own`;
  }
}

/** The flags that say which file to read and how; `-config.file` where the image's own command names it. */
function flagsOf(service: EngineService, main: string, wanted: RegExp): string[] {
  const words = [...(service.entrypoint ?? []), ...(service.command ?? [])].map((word) => word.text);
  const flags = words.flatMap((word, index) => {
    if (!word.startsWith('-') || !wanted.test(word)) return [];
    const next = words[index + 1];
    return word.includes('=') || next === undefined || next.startsWith('-') ? [word] : [`${word}=${next}`];
  });
  return flags.some((flag) => /config\.file/.test(flag)) ? flags : [...flags, `-config.file=${main}`];
}

/** The program and its words as one repeats them by hand. */
export function commandOf(plan: ValidatorPlan): string {
  return [basename(plan.program), ...plan.words].join(' ');
}
