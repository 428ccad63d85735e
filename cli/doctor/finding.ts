/** One thing that Telltale needs or can use, and whether this machine has it. */
export interface Finding {
  /** `node`, `driver native`, `engine loki`. */
  readonly subject: string;
  readonly state: 'ok' | 'missing';
  /** One line: what was found, or what is not there. */
  readonly says: string;
  /** What to do about it, where it is missing. */
  readonly remedy?: string;
}

export function ok(subject: string, says: string): Finding {
  return { subject, state: 'ok', says };
}

export function missing(subject: string, says: string, remedy: string): Finding {
  return { subject, state: 'missing', says, remedy };
}

/** A line each, the remedy below its own. */
export function findingLines(findings: readonly Finding[]): string {
  const subject = Math.max(0, ...findings.map((finding) => finding.subject.length));
  return findings
    .map((finding) => {
      const head = `${finding.state.padEnd('missing'.length)}  ${finding.subject.padEnd(subject)}  `;
      const remedy = finding.remedy === undefined ? '' : `\n${' '.repeat(head.length)}remedy: ${finding.remedy}`;
      return `${head}${finding.says}${remedy}\n`;
    })
    .join('');
}
