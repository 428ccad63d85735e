import type { ResultRow, Results } from '../schemas/results.ts';
import { identityOf } from './identity.ts';
import { excerpt } from './plain-text.ts';
import { type Position, positionIn } from './positions.ts';

/** GitHub refuses an upload with more than this. */
const MOST_RESULTS = 5000;

/**
 * SARIF 2.1.0: what is not kept, at the line that promises it. Rows whose promise names no place in a file stay out,
 * since a code scanning alert needs one; they are in every other report.
 */
export function renderSarif(results: Results): string {
  const found = results.results
    .filter((row) => row.verdict === 'fail' || row.verdict === 'warn')
    .map((row) => ({ row, position: placeOf(row) }))
    .filter((at): at is { row: ResultRow; position: Position } => at.position !== undefined)
    .sort((a, b) => Number(a.row.verdict === 'warn') - Number(b.row.verdict === 'warn'))
    .slice(0, MOST_RESULTS);
  const rules = new Map(found.map(({ row }) => [row.id, row]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'telltale',
            semanticVersion: results.run.telltale,
            rules: [...rules.values()].map((row) => ({
              id: row.id,
              shortDescription: { text: row.title || row.id },
              fullDescription: { text: row.because || row.title || row.id },
              ...(row.source === undefined ? {} : { helpUri: row.source }),
            })),
          },
        },
        results: found.map(({ row, position }) => ({
          ruleId: row.id,
          level: row.verdict === 'fail' ? 'error' : 'warning',
          message: {
            text: excerpt([row.message, row.remedy].filter((part) => part !== undefined).join('\n'), 2000) || row.id,
          },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: encodeURI(position.file.replace(/^\.\//, '')) },
                region: {
                  startLine: position.line,
                  ...(position.column === undefined ? {} : { startColumn: position.column }),
                },
              },
            },
          ],
          partialFingerprints: { 'telltaleRow/v1': identityOf(row) },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function placeOf(row: ResultRow): Position | undefined {
  const file = row.evidence.find((evidence) => evidence.kind === 'file')?.asked;
  for (const text of [row.promised, file, row.message]) {
    const position = text === undefined ? undefined : positionIn(text);
    if (position !== undefined) return position;
  }
  return undefined;
}
