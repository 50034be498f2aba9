import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { JWTHeaderParameters, JWTPayload } from 'jose';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { Wire } from './wire';

type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

const issuer = 'https://id.example.com/';
const audience = 'dakiya';

/** Tokens of an identity provider: RS256 and ES256 with keys fetched from JWT_JWKS_URL. */
describe('tokens of an identity provider', () => {
  let app: App;
  let provider: Server;
  let rsa: Keys;
  let ec: Keys;
  let attacker: Keys;
  let fetches = 0;
  let down = true;
  /** Requests to URLs that only a forged header names. */
  let lured = 0;

  beforeAll(async () => {
    [rsa, ec, attacker] = (await Promise.all(
      ['RS256', 'ES256', 'RS256'].map((alg) => generateKeyPair(alg, { extractable: true })),
    )) as [Keys, Keys, Keys];
    const keys = [
      { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
      { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
    ];
    const forged = [{ ...(await exportJWK(attacker.publicKey)), kid: 'rsa', alg: 'RS256' }];
    provider = createServer((request, response) => {
      const right = request.url === '/keys';
      if (right && down) {
        response.writeHead(500).end();
        return;
      }
      if (right) fetches++;
      else lured++;
      response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ keys: right ? keys : forged }));
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    app = await App.start({
      workers: 0,
      env: {
        JWT_SECRET: '',
        JWT_JWKS_URL: `${providerUrl()}/keys`,
        JWT_ISSUER: issuer,
        JWT_AUDIENCE: audience,
      },
    });
  });
  afterAll(async () => {
    await app?.close();
    provider.closeAllConnections();
    await new Promise((resolve) => provider.close(resolve));
  });

  const providerUrl = () => `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;

  const claims = (): JWTPayload => ({
    sub: 'tester',
    iss: issuer,
    aud: audience,
    exp: Math.floor(Date.now() / 1000) + 600,
    role: Role.VIEWER,
    businessIds: [app.businessId],
  });

  async function codeOf(
    key: Keys['privateKey'] | Uint8Array,
    header: JWTHeaderParameters,
    payload: JWTPayload = claims(),
  ): Promise<string> {
    const token = await new SignJWT(payload).setProtectedHeader(header).sign(key);
    const { errors } = await app.graphql(`{ businesses { id } }`, {}, token);
    return errors?.[0]?.extensions.code ?? 'welcome';
  }

  it('are neither accepted nor refused as invalid while the provider is down', async () => {
    expect(await codeOf(rsa.privateKey, { alg: 'RS256', kid: 'rsa' })).toBe('SERVICE_UNAVAILABLE');
    const wire = await Wire.open(app);
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'RS256', kid: 'rsa' })
      .sign(rsa.privateKey);
    wire.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
    // "try again later", after which a client retries; after 4403 it would ask its user to sign in
    expect(await wire.closing()).toMatchObject({ code: 1013 });
    down = false;
  });

  it('are accepted when signed with RS256 or ES256, and the keys are fetched once', async () => {
    for (let i = 0; i < 3; i++) {
      expect(await codeOf(rsa.privateKey, { alg: 'RS256', kid: 'rsa' })).toBe('welcome');
      expect(await codeOf(ec.privateKey, { alg: 'ES256', kid: 'ec' })).toBe('welcome');
    }
    expect(fetches).toBe(1);
  });

  it('must have the right issuer and audience', async () => {
    const header = { alg: 'RS256', kid: 'rsa' };
    for (const wrong of [
      { iss: 'https://evil.example.com/' },
      { iss: undefined },
      { aud: 'another' },
      { aud: undefined },
      { aud: ['another', 'third'] },
    ]) {
      expect([wrong, await codeOf(rsa.privateKey, header, { ...claims(), ...wrong })]).toEqual([
        wrong,
        'UNAUTHENTICATED',
      ]);
    }
    expect(await codeOf(rsa.privateKey, header, { ...claims(), aud: ['another', audience] })).toBe('welcome');
  });

  it('signed with the public key as a secret are refused', async () => {
    const pem = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    expect(await codeOf(pem, { alg: 'HS256', kid: 'rsa' })).toBe('UNAUTHENTICATED');
  });

  it('with a key in their header are refused', async () => {
    const jwk = await exportJWK(attacker.publicKey);
    const url = `${providerUrl()}/forged`;
    const headers: JWTHeaderParameters[] = [
      { alg: 'RS256', jwk },
      { alg: 'RS256', kid: 'rsa', jwk },
      { alg: 'RS256', kid: 'rsa', jku: url },
      { alg: 'RS256', kid: 'rsa', x5u: url },
      { alg: 'RS256', kid: '../../forged' },
      { alg: 'RS256', kid: "' OR 1=1 --" },
    ];
    for (const header of headers)
      expect([header, await codeOf(attacker.privateKey, header)]).toEqual([header, 'UNAUTHENTICATED']);
    expect(lured).toBe(0);
  });

  it('with unknown keys do not cause a request to the provider each time', async () => {
    const before = fetches;
    for (let i = 0; i < 20; i++) await codeOf(rsa.privateKey, { alg: 'RS256', kid: `unknown-${i}` });
    expect(fetches - before).toBeLessThanOrEqual(1);
  });
});
