/** An image name taken apart. */
export interface ImageReference {
  /** Path without registry: `grafana/loki`, `library/nginx` stays `nginx`. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/**
 * Takes an image name apart, whatever registry it comes from.
 *
 * @see https://pkg.go.dev/github.com/distribution/reference (grammar of image names)
 */
export function parseImage(image: string): ImageReference {
  const [named = '', digest] = image.trim().split('@', 2);
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const path = colon < 0 ? named : named.slice(0, colon);
  const tag = colon < 0 ? undefined : named.slice(colon + 1);
  const parts = path.split('/');
  const [first = ''] = parts;
  const hasRegistry = parts.length > 1 && (first.includes('.') || first.includes(':') || first === 'localhost');
  return {
    repository: (hasRegistry ? parts.slice(1) : parts).join('/').toLowerCase(),
    ...(tag === undefined || tag === '' ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** `grafana/loki` matches `mirror/grafana/loki` and `grafana/loki`, and not `acme/my-loki`. */
export function endsWithRepository(repository: string, ending: string): boolean {
  return repository === ending || repository.endsWith(`/${ending}`);
}

/** The version that a tag names: `v3.16.0` → `3.16.0`, `0.161.0-amd64` → `0.161.0`; undefined for `latest`, `main-…`. */
export function versionOfTag(tag: string | undefined): string | undefined {
  const match = /^(?:release-|version-)?v?(\d{1,4}(?:\.\d+){0,2})(-rc[.-]?\d+)?(?:[-_+].*)?$/.exec(tag ?? '');
  return match === null ? undefined : `${match[1]}${match[2] ?? ''}`;
}
