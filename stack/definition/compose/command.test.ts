import { describe, expect, it } from 'vitest';
import { splitShellWords } from './shell-words.ts';
import { place, readFixture, serviceOf, words } from './testing/read.ts';

describe('command and entrypoint', () => {
  const project = readFixture('command');
  const of = (name: string) => serviceOf(project, name);

  it('as a string are split as a shell would', () => {
    expect(words(of('string').command)).toEqual(['-config.file=/etc/loki.yaml', '-config.expand-env=true']);
    expect(words(of('string').entrypoint)).toEqual(['/usr/bin/loki']);
    expect(words(of('quoted').command)).toEqual([
      'sh',
      '-c',
      `exec prometheus --config.file='/etc/x y.yml' --a="b"`,
      'single "inside"',
      'back slash',
    ]);
    expect(words(of('empty-word').command)).toEqual(['a', '', 'b']);
    expect(words(of('redirected').command)).toEqual(['run', 'it']);
    expect(words(of('chained').command)).toEqual(['one']);
  });

  it('as a list stay as they are', () => {
    expect(words(of('list').command)).toEqual(['-a', 'b c', '--x=y']);
  });

  it('tell cleared from not given', () => {
    expect([of('empty-list').command, of('empty-string').command]).toEqual([[], []]);
    expect(of('null-command').command).toBeUndefined();
  });

  it('give every word its place, over several lines too', () => {
    expect(of('string').command?.map(place)).toEqual(['compose.yaml:2:33', 'compose.yaml:2:61']);
    expect(of('list').command?.map(place)).toEqual(['compose.yaml:3:31', 'compose.yaml:3:37', 'compose.yaml:3:44']);
    expect(of('folded').command?.map(place)).toEqual(['compose.yaml:10:7', 'compose.yaml:11:7', 'compose.yaml:12:7']);
    expect(of('literal').command?.map(place)).toEqual(['compose.yaml:16:7', 'compose.yaml:17:7']);
    expect(of('quoted').command?.slice(0, 2).map(place)).toEqual(['compose.yaml:6:14', 'compose.yaml:6:17']);
  });

  it('cannot be split where a quote stays open or a bracket stands alone', () => {
    expect(['a "b', "a 'b", 'a \\', '(a)', 'a)', '$(a'].map(splitShellWords)).toEqual(Array(6).fill(undefined));
    expect(splitShellWords('echo $(a b)')?.map((word) => word.text)).toEqual(['echo', '$(a b)']);
  });
});
