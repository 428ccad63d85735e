import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** PEM texts for a test: an authority, a server for `localhost` and a client, both certified by it for a day. */
export interface Certificates {
  readonly ca: string;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly client: { readonly certificate: string; readonly key: string };
}

/** Made by `openssl`, so that no key lies in the repository. */
export function makeCertificates(): Certificates {
  const dir = mkdtempSync(join(tmpdir(), 'telltale-test-certificates-'));
  const openssl = (...words: string[]): void => {
    execFileSync('openssl', words, { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const read = (name: string): string => readFileSync(join(dir, name), 'utf8');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  try {
    openssl(
      'req',
      '-x509',
      ...key,
      '-days',
      '1',
      '-subj',
      '/CN=Telltale test CA',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    const sign = (name: string): { certificate: string; key: string } => {
      const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
      openssl('req', ...key, '-subj', `/CN=${name}`, '-addext', names, '-keyout', `${name}.key`, '-out', `${name}.csr`);
      const issuer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-copy_extensions', 'copy'];
      openssl('x509', '-req', '-days', '1', '-in', `${name}.csr`, ...issuer, '-out', `${name}.pem`);
      return { certificate: read(`${name}.pem`), key: read(`${name}.key`) };
    };
    const [server, client] = [sign('localhost'), sign('client')];
    return { ca: read('ca.pem'), server, client };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
