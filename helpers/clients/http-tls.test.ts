import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpClient } from './http.ts';

const openssl = hasOpenssl();
const note = openssl ? '' : ' (skipped: program openssl not found)';

describe.skipIf(!openssl)(`HttpClient over TLS${note}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'telltale-test-tls-'));
  let server: Server;
  let baseUrl: string;
  let ca: string;

  beforeAll(async () => {
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' });
    ca = readFileSync(cert, 'utf8');
    server = createServer({ key: readFileSync(key), cert: ca }, (_, response) => response.end('over TLS'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    baseUrl = `https://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    rmSync(dir, { recursive: true });
  });

  it('trusts the CA that it is given', async () => {
    expect(await new HttpClient({ baseUrl, ca }).request({ path: '/' })).toMatchObject({
      status: 200,
      body: 'over TLS',
    });
  });

  it('trusts nothing else, and says so', async () => {
    const failure = new HttpClient({ baseUrl }).request({ path: '/' });
    await expect(failure).rejects.toMatchObject({ failure: 'tls', message: expect.stringContaining('certificate') });
  });

  it('says so when plain HTTP is spoken to it, and TLS to a plain server', async () => {
    const plain = await new HttpClient({ baseUrl: baseUrl.replace('https', 'http') })
      .request({ path: '/' })
      .catch((e) => e);
    expect(plain).toMatchObject({ failure: 'reset' });
  });
});

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
