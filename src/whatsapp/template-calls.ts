import type { Credentials, MediaFile, WhatsAppClient } from './client';
import { WhatsAppUnreachable } from './client';
import type { MessageTemplate } from './wire';

/** A template as WhatsApp takes it for its review. */
export interface NewTemplate {
  name: string;
  language: string;
  category: string;
  parameter_format: 'POSITIONAL' | 'NAMED';
  components: unknown;
}

/** What WhatsApp says of a template that it took. The category may be another than the one asked for. */
export type CreatedTemplate = Pick<MessageTemplate, 'id'> & { status?: unknown; category?: unknown };

const json = { 'content-type': 'application/json' };
/** Longest time for writing an example of media. */
const uploadTimeoutMs = 120_000;

/**
 * Hands a new template in for review.
 * @throws WhatsAppError, WhatsAppUnreachable; after the latter the template may exist
 */
export async function createTemplate(
  client: WhatsAppClient,
  { wabaId, accessToken }: Credentials,
  template: NewTemplate,
): Promise<CreatedTemplate> {
  const answer = await client.graph(accessToken, {
    method: 'POST',
    path: `/${wabaId}/message_templates`,
    headers: json,
    body: JSON.stringify(template),
  });
  const { id } = answer;
  if (typeof id !== 'string' && typeof id !== 'number')
    throw new WhatsAppUnreachable('an answer without the id of the template');
  return { ...answer, id: String(id) };
}

/** Deletes one language of a template. @throws WhatsAppError, WhatsAppUnreachable */
export async function deleteTemplate(
  client: WhatsAppClient,
  { wabaId, accessToken }: Credentials,
  { id, name }: Pick<MessageTemplate, 'id' | 'name'>,
): Promise<void> {
  // without the id WhatsApp deletes the template in all languages
  const query = new URLSearchParams({ name, hsm_id: id });
  const path = `/${wabaId}/message_templates?${query.toString()}`;
  await client.graph(accessToken, { method: 'DELETE', path, headers: {} });
}

/**
 * Uploads the example of a media header (Meta's Resumable Upload API); `/app` is the app that the token belongs to.
 * @returns the handle for `example.header_handle`
 * @throws WhatsAppError, WhatsAppUnreachable
 */
export async function uploadExample(
  client: WhatsAppClient,
  { accessToken }: Credentials,
  { type, content }: MediaFile,
): Promise<string> {
  const query = new URLSearchParams({
    file_name: 'example',
    file_length: String(content.length),
    file_type: type,
  });
  const begin = { method: 'POST', path: `/app/uploads?${query.toString()}`, headers: {} } as const;
  const { id: session } = await client.graph(accessToken, begin);
  if (typeof session !== 'string' || !/^upload:[\x21-\x7e]+$/.test(session))
    throw new WhatsAppUnreachable('an answer without an upload session');
  const { h: handle } = await client.graph(accessToken, {
    method: 'POST',
    path: `/${session}`,
    headers: {
      authorization: `OAuth ${accessToken}`,
      file_offset: '0',
      'content-type': 'application/octet-stream',
    },
    body: content,
    timeoutMs: uploadTimeoutMs,
  });
  if (typeof handle !== 'string') throw new WhatsAppUnreachable('an answer without a handle');
  return handle;
}
