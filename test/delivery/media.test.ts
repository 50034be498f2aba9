import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Role } from '../../src/accounts/viewer';
import { App } from '../support/app';
import { createCampaign, people, sendCampaign, stats } from '../support/campaigns';
import { keepImage, png, postMedia, uploads } from '../support/media';
import { waitFor } from '../support/wait';

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
    const first = await postMedia(app, png('one'));
    expect(first).toEqual({
      status: 201,
      body: {
        mediaId: expect.any(String) as string,
        type: 'image/png',
        bytes: 11,
        sha256: expect.stringMatching(/^[\da-f]{64}$/) as string,
      },
    });
    expect((await postMedia(app, png('one'))).body).toEqual(first.body);
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
    expect((await postMedia(app, content, options)).status).toBe(status);
  });
});

describe('media by id', () => {
  it('must be of the kind that the template has, and the only one for its key', async () => {
    const { body } = await postMedia(app, 'Prices', { type: 'text/plain' });
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
    await expect(draft({ mediaId: await keepImage(app, 'x'), mediaUrl: shopUrl })).rejects.toThrow(
      /mediaUrl/,
    );
    await expect(draft({ mediaId: app.businessId })).rejects.toThrow(/Media not found/);
  });

  it('may have 3.5 MB as a GIF, which is less than a video', async () => {
    const mp4 = async (bytes: number) => {
      const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42'), Buffer.alloc(bytes - 12)]);
      return (await postMedia(app, film, { type: 'video/mp4' })).body.mediaId;
    };
    const most = 3.5 * 1024 * 1024;
    const draft = async (bytes: number) =>
      createCampaign(app, {
        whatsappTemplateName: 'sparkle_gif',
        whatsappTemplateLanguage: 'en',
        templateParameters: ['{{name}}'],
        mediaId: await mp4(bytes),
        customRecipients: people(1, 851),
      });
    await expect(draft(most + 1)).rejects.toThrow(/header is GIF, and this is a video of more than 3\.5 MB/);
    await draft(most);
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
    const before = (await uploads(app)).length;
    const first = await send(`${shopUrl}/lamp.png`, 900, 100);
    const second = await send(`${shopUrl}/moved`, 1000);
    const made = (await uploads(app)).slice(before);
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
