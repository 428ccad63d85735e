import { describe, expect, it } from 'vitest';
import { stableVersion } from './collector.ts';
import { goWords, mustSucceed, unservedModules } from './go-command.ts';
import { directives } from './go-module.ts';

const refused = `go: downloading example.com/a v1.0.0
filelog.go:12:2: github.com/open/contrib/pkg/stanza@v0.161.0: reading https://proxy.example/github.com/open/contrib/pkg/stanza/@v/v0.161.0.zip: 403 Forbidden
	server response: This module version is not available.`;
const failure = { code: 1, stdout: '', stderr: refused, output: refused };

describe("Go's words", () => {
  it('name the modules that are not served', () => {
    expect(unservedModules(refused)).toEqual(['github.com/open/contrib/pkg/stanza@v0.161.0']);
    expect(unservedModules('go: downloading example.com/a v1.0.0')).toEqual([]);
  });

  it('come without the downloads, on one line', () => {
    expect(goWords(failure)).not.toContain('downloading');
    expect(goWords(failure)).not.toContain('\n');
  });

  it('become a sentence with a remedy', () => {
    expect(() => mustSucceed(failure, 'Building x', 'Do this.')).toThrow(
      expect.objectContaining({
        message: 'Building x failed: the Go module proxy does not serve github.com/open/contrib/pkg/stanza@v0.161.0.',
        remedy: 'Do this.',
      }),
    );
  });

  it('are no failure where Go ends with 0', () => {
    expect(() => mustSucceed({ ...failure, code: 0 }, 'Building x', '')).not.toThrow();
  });
});

describe('directives of a go.mod', () => {
  it('are taken from lines and blocks, without local paths', () => {
    const modFile = `module example.com/loki/v3
require example.com/a v1.0.0
// replace example.com/no => example.com/no v1.0.0
replace example.com/a => example.com/b v1.0.0 // why
replace example.com/push => ./pkg/push
replace (
	example.com/c => example.com/d v2.0.0
	example.com/e => ../e
)
exclude (
	example.com/f v8.0.0+incompatible
)
exclude example.com/g v1.0.0
`;
    expect(directives(modFile)).toEqual([
      'replace example.com/a => example.com/b v1.0.0',
      'replace example.com/c => example.com/d v2.0.0',
      'exclude example.com/f v8.0.0+incompatible',
      'exclude example.com/g v1.0.0',
    ]);
  });
});

describe('the stable modules of the Collector', () => {
  it.each([
    [120, 0, 'v1.26.0'],
    [140, 1, 'v1.46.1'],
    [161, 0, 'v1.67.0'],
  ])('of 0.%i.%i are %s', (minor, patch, expected) => {
    expect(stableVersion({ major: 0, minor, patch })).toBe(expected);
  });
});
