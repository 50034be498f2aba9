import { Role } from '../../src/accounts/viewer';
import type { App } from './app';

/** An upload that WhatsApp knows. */
export interface Upload {
  id: string;
  phoneNumberId: string;
  mimeType: string;
  bytes: number;
}

/** What looks like an image, different for each mark. */
export const png = (mark: string) =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(mark)]);

/** Gives a file to the product, as a marketer of the test's business unless the options say otherwise. */
export async function postMedia(
  app: App,
  content: Buffer | string,
  options: { type?: string; role?: Role; businessId?: string } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
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

/** Gives an image to the product. @returns its id */
export async function keepImage(app: App, mark: string): Promise<string> {
  return (await postMedia(app, png(mark))).body.mediaId as string;
}

/** Every upload that WhatsApp still knows, oldest first. */
export function uploads(app: App): Promise<Upload[]> {
  return app.steer('GET', 'media');
}
