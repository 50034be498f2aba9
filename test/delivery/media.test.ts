import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { createCampaign, people, sendCampaign, startCampaign, stats } from '../support/campaigns';
import { waitFor } from '../support/wait';

const png = (mark: string) => Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(mark)]);

interface Upload {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  bytes: number;
}

let app: App;
let shop: Server;
let shopUrl: string;
/** Of the shop's server, by path. */
const hits = new Map<string, number>();

beforeAll(async () => {
  shop = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://shop');
    hits.set(pathname, (hits.get(pathname) ?? 0) + 1);
    if (pathname === '/moved') response.writeHead(302, { location: '/lamp.png' }).end();
    // the same server, by a name that is not among the allowed hosts
    else if (pathname === '/inside')
      response.writeHead(302, { location: shopUrl.replace('127.0.0.1', '[::ffff:127.0.0.1]') }).end();
    else if (pathname === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (pathname === '/lies') response.writeHead(200, { 'content-type': 'image/png' }).end('<p>');
    else if (pathname === '/endless') {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      const more = () => {
        while (!response.destroyed) if (!response.write(Buffer.alloc(1024 * 1024))) break;
      };
      response.on('drain', more);
      more();
    } else response.writeHead(200, { 'content-type': 'image/png' }).end(png('lamp'));
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  shopUrl = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;
  app = await App.start({ workers: 2, env: { MEDIA_ALLOWED_HOSTS: '127.0.0.1' } });
});
afterAll(async () => {
  await app.close();
  shop.closeAllConnections();
  shop.close();
});

async function post(
  content: Buffer | string,
  options: { type?: string; role?: Role; businessId?: string } = {},
) {
  const response = await fetch(`${app.url}/media?businessId=${options.businessId ?? app.businessId}`, {
    method: 'POST',
    headers: {
      'content-type': options.type ?? 'image/png',
      authorization: `Bearer ${await app.token({ role: options.role ?? Role.MARKETER })}`,
    },
    body: new Uint8Array(Buffer.from(content)),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function keep(mark: string): Promise<string> {
  return (await post(png(mark))).body.mediaId as string;
}

const uploads = () => app.steer<Upload[]>('GET', 'media');

async function completed(id: string): Promise<void> {
  await waitFor(async () => (await stats(app, id)).status === 'COMPLETED', {
    what: 'the campaign is completed',
  });
}

async function headersOf(id: string): Promise<(string | null)[]> {
  const ledger = await app.ledger();
  return ledger.filter((one) => one.callbackData.startsWith(`${id}:`)).map((one) => one.header);
}

async function noticesOf(id: string): Promise<string[]> {
  const { campaign } = await app.data<{ campaign: { notices: string[] } }>(
    `query ($id: ID!) { campaign(id: $id) { notices } }`,
    { id },
  );
  return campaign.notices.filter((notice) => !notice.startsWith('A message without a template'));
}

describe('POST /media', () => {
  it('keeps a file, the same file once, and gives it back to those who see the business', async () => {
    const first = await post(png('one'));
    expect(first).toEqual({
      status: 201,
      body: {
        mediaId: expect.any(String) as string,
        type: 'image/png',
        bytes: 11,
        sha256: expect.stringMatching(/^[\da-f]{64}$/) as string,
      },
    });
    expect((await post(png('one'))).body).toEqual(first.body);
    const read = async (businessIds: string[]) => {
      const authorization = `Bearer ${await app.token({ role: Role.VIEWER, businessIds })}`;
      return fetch(`${app.url}/media/${String(first.body.mediaId)}`, { headers: { authorization } });
    };
    const answer = await read([app.businessId]);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(png('one'));
    expect((await read(['00000000-0000-4000-8000-000000000000'])).status).toBe(404);
  });

  it.each([
    ['a viewer', png('x'), { role: Role.VIEWER }, 403],
    ['a business that is not seen', png('x'), { businessId: '00000000-0000-4000-8000-000000000000' }, 404],
    ['bytes of another type', '<p>', {}, 400],
    ['a type that WhatsApp does not take', png('x'), { type: 'image/svg+xml' }, 400],
    ['an empty file', '', {}, 400],
    ['an image of more than 5 MB', Buffer.concat([png('x'), Buffer.alloc(5 * 1024 * 1024)]), {}, 400],
    ['more than 16 MB', Buffer.alloc(16 * 1024 * 1024 + 1), {}, 413],
  ])('refuses %s', async (_, content, options, status) => {
    expect((await post(content, options)).status).toBe(status);
  });
});

describe('media by id', () => {
  it('is uploaded once for a number, for a campaign of many and for the next one', async () => {
    const mediaId = await keep('many');
    const before = (await uploads()).length;
    const first = await startCampaign(app, {
      messageText: 'Hi',
      mediaId,
      customRecipients: people(500, 0),
    });
    await completed(first);
    const made = (await uploads()).slice(before);
    expect(made).toEqual([expect.objectContaining({ mimeType: 'image/png', bytes: 12 })]);
    const headers = await headersOf(first);
    expect([headers.length, new Set(headers)]).toEqual([500, new Set([made[0]?.id])]);

    const second = await startCampaign(app, {
      whatsappTemplateName: 'diwali_sale_2024',
      whatsappTemplateLanguage: 'en',
      templateParameters: ['{{name}}', '20%', 'Sunday'],
      mediaId,
      linkUrl: 'https://shop.example.com/',
      customRecipients: people(5, 500),
    });
    await completed(second);
    expect(new Set(await headersOf(second))).toEqual(new Set([made[0]?.id]));
    expect(await uploads()).toHaveLength(before + 1);
  });

  it('is uploaded again when WhatsApp does not know it any more, and nobody fails', async () => {
    const mediaId = await keep('again');
    const first = await startCampaign(app, { messageText: 'Hi', mediaId, customRecipients: people(3, 600) });
    await completed(first);
    const old = (await uploads()).at(-1)?.id ?? '';
    await fetch(`${app.simulator.url}/v25.0/${old}`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer EAATestToken' },
    });
    const second = await startCampaign(app, {
      messageText: 'Hi',
      mediaId,
      customRecipients: people(200, 610),
    });
    await completed(second);
    expect(await stats(app, second)).toMatchObject({ sentCount: 200, failedCount: 0 });
    const renewed = (await uploads()).at(-1)?.id;
    expect(renewed).not.toBe(old);
    expect(new Set(await headersOf(second))).toEqual(new Set([renewed]));
    const [{ attempts = 0 } = {}] = await app.database.query<{ attempts: number }[]>(
      `SELECT max(attempts) AS attempts FROM campaign_recipients WHERE campaign_id = $1`,
      [second],
    );
    expect(attempts).toBe(0);
  });

  it('that expires soon is uploaded again', async () => {
    const mediaId = await keep('soon');
    await completed(
      await startCampaign(app, { messageText: 'Hi', mediaId, customRecipients: people(1, 820) }),
    );
    await app.database.query(`UPDATE media_uploads SET usable_until = now() WHERE media_id = $1`, [mediaId]);
    const old = (await uploads()).at(-1)?.id;
    const second = await startCampaign(app, { messageText: 'Hi', mediaId, customRecipients: people(1, 821) });
    await completed(second);
    expect(await headersOf(second)).not.toEqual([old]);
  });

  it('must be of the kind that the template has, and the only one for its key', async () => {
    const { body } = await post('Prices', { type: 'text/plain' });
    const draft = (input: Record<string, unknown>) =>
      createCampaign(app, {
        whatsappTemplateName: 'diwali_sale_2024',
        whatsappTemplateLanguage: 'en',
        templateParameters: ['{{name}}', '20%', 'Sunday'],
        linkUrl: 'https://shop.example.com/',
        customRecipients: people(1, 850),
        ...input,
      });
    await expect(draft({ mediaId: body.mediaId })).rejects.toThrow(
      /header is IMAGE, and this is text\/plain/,
    );
    await expect(draft({ mediaId: await keep('x'), mediaUrl: shopUrl })).rejects.toThrow(/mediaUrl/);
    await expect(draft({ mediaId: app.businessId })).rejects.toThrow(/Media not found/);
  });
});

describe('media by address', () => {
  const send = async (mediaUrl: string, from: number, count = 1) => {
    const id = await createCampaign(app, {
      messageText: 'Hi',
      mediaUrl,
      customRecipients: people(count, from),
    });
    await sendCampaign(app, id);
    await completed(id);
    return id;
  };

  it('is fetched and uploaded, over redirects; the same bytes once', async () => {
    const before = (await uploads()).length;
    const first = await send(`${shopUrl}/lamp.png`, 900, 100);
    const second = await send(`${shopUrl}/moved`, 1000);
    const made = (await uploads()).slice(before);
    expect(made).toHaveLength(1);
    expect(new Set([...(await headersOf(first)), ...(await headersOf(second))])).toEqual(
      new Set([made[0]?.id]),
    );
    expect(await noticesOf(first)).toEqual([]);
  });

  const notFetched = (url: string) => [
    `${url} could not be fetched as an image, video or document of a type and size that WhatsApp takes, so WhatsApp is given the address and fetches the media itself. Check that everybody can open the address, or upload the file`,
  ];

  it.each(['/page', '/lies', '/endless', '/inside'])('goes by link, with a notice: %s', async (path) => {
    const url = shopUrl + path;
    const from = 1100 + path.length;
    const id = await send(url, from);
    expect([await headersOf(id), await noticesOf(id)]).toEqual([[url], notFetched(url)]);
  });

  it('is not fetched from addresses that are not public, however they are spelled', async () => {
    const { port } = new URL(shopUrl);
    const urls = [
      `http://localhost:${port}/secret`,
      `http://[::ffff:127.0.0.1]:${port}/secret`,
      `http://127.0.0.2:${port}/secret`,
      `http://169.254.169.254/latest/meta-data`,
      `http://127.0.0.2.nip.io:${port}/secret`,
    ];
    for (const [i, url] of urls.entries()) {
      const id = await send(url, 1200 + i);
      expect([await headersOf(id), await noticesOf(id)]).toEqual([[url], notFetched(url)]);
    }
    expect(hits.get('/secret')).toBeUndefined();
  });
});
