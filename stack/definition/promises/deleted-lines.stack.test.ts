import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../position.ts';
import { readStack } from '../read-stack.ts';

const TESTDATA = fileURLToPath(new URL('../../testdata/', import.meta.url));
const STACKS = readdirSync(TESTDATA, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

const scratch = mkdtempSync(join(tmpdir(), 'telltale-lines-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
cpSync(TESTDATA, scratch, { recursive: true });

describe('any line may be missing', () => {
  /** Lines that hold nothing but a key that switches something on, or opens it, on which somebody relies. */
  const ENABLING =
    /^\s*(-\s*["']?--(web\.enable-\S+|enable-feature=\S+)["']?|(retention_enabled|delete_request_store|auth_enabled|allow_structured_metadata|http_listen_port|insecure|processors)["']?\s*[:=].*|endpoint\s*[:=]\s*"?(0\.0\.0\.0)?:\d+"?)$/;

  it.each(STACKS)(
    '%s: each line deleted in turn gives an answer, and no enabling key takes a promise back',
    (stack) => {
      const directory = join(scratch, stack);
      const whole = readStack(directory, { environment: {} }).promises.map((promise) => promise.id);
      const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      let deleted = 0;
      for (const entry of files) {
        const file = join(entry.parentPath, entry.name).slice(directory.length + 1);
        const lines = readFileSync(join(directory, file), 'utf8').split('\n');
        for (const [index, line] of lines.entries()) {
          if (line.trim() === '') continue;
          const path = join(directory, file);
          writeFileSync(path, lines.toSpliced(index, 1).join('\n'));
          deleted++;
          try {
            const after = readStack(directory, { environment: {} }).promises.map((promise) => promise.id);
            if (ENABLING.test(line))
              expect(after, `${file}:${index + 1} ${line}`).toEqual(expect.arrayContaining(whole));
          } catch (error) {
            if (!(error instanceof InputError)) throw new Error(`${file}:${index + 1} "${line}"`, { cause: error });
          } finally {
            writeFileSync(path, lines.join('\n'));
          }
        }
      }
      expect(deleted).toBeGreaterThan(50);
    },
  );
});
