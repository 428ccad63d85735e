import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStack } from '../../stack/definition/read-stack.ts';
import type { ServiceDefinition } from '../../stack/definition/types.ts';
import { leftOutStore } from './left-out-stores.ts';

const { services } = readStack(join(import.meta.dirname, '../../stack/testdata/loki-ruler'));
const loki = services.find(({ name }) => name === 'loki') as ServiceDefinition;
const gateway = services.find(({ name }) => name === 'gateway') as ServiceDefinition;
const minio: ServiceDefinition = { ...gateway, name: 'minio', image: 'minio/minio:latest' };

const told = (text: string): ServiceDefinition => ({
  ...loki,
  command: [{ text, at: loki.at }],
});

describe('leftOutStore', () => {
  it.each(['-s3.url=s3://key:secret@minio.:9000/bucket', '-s3.endpoint=minio:9000', '-s3.endpoint=http://minio/'])(
    'names the store in %s',
    (words) => {
      expect(leftOutStore(told(words), [gateway, minio])).toBe('minio');
    },
  );

  it('takes no word for a host, and nothing for a store that is none', () => {
    expect(leftOutStore(told('-s3.access-key=minio'), [minio])).toBeUndefined();
    expect(leftOutStore(told('-x=gateway:80'), [gateway])).toBeUndefined();
    expect(leftOutStore({ ...told('-x=minio:9000'), role: 'metrics' }, [minio])).toBeUndefined();
  });
});
