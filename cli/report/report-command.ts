import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RENDERINGS } from '../../reports/formats.ts';
import { conclude, createPalette, FORMATS, mergeResults, renderSummary, wishesOf } from '../../reports/index.ts';
import { writeFileWhole } from '../../reports/write-file.ts';
import { readResults } from './read-results.ts';

/** Renders results, merged where there are several. @throws InputError where a file cannot be read. */
export async function reportCommand(files: readonly string[], options: { readonly out: string }): Promise<number> {
  const results = mergeResults(files.map((file) => readResults(resolve(file))));
  const conclusion = conclude(results);
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const written = FORMATS.map((format) => {
    const { file, render } = RENDERINGS[format];
    writeFileWhole(join(out, file), render(results, conclusion));
    return join(out, file);
  });
  const tty = process.stdout.isTTY === true;
  const palette = createPalette({ columns: process.stdout.columns ?? 80, ...wishesOf(process.env, tty) });
  process.stdout.write(`${renderSummary(results, palette, { conclusion, files: written, problems: [] }).join('\n')}\n`);
  return conclusion.exitCode;
}
