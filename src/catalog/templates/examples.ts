import { In } from 'typeorm';
import type { Sql } from '../../infra/database';
import { badInput } from '../../infra/errors';
import { isUuid } from '../../infra/input';
import type { Credentials, WhatsAppClient } from '../../whatsapp/client';
import { uploadExample } from '../../whatsapp/template-calls';
import { readMedia } from '../media/media-store';
import { unfitMedia } from '../media/media-type';
import { Media } from '../media/media.entity';
import { isObject } from './component';
import type { Component } from './component';
import type { VariableKind } from './variables';

interface MediaExample {
  /** Of the header, e.g. `input.components.0`. */
  path: string;
  format: string;
  mediaId: string;
}

/**
 * The components with WhatsApp's handles in place of the media kept here that shows what a header looks like. The form
 * was checked before.
 * @throws BAD_USER_INPUT for media that is not the business's or of another type; WhatsAppError, WhatsAppUnreachable
 */
export async function withExamples(
  sql: Sql,
  whatsapp: WhatsAppClient,
  credentials: Credentials,
  businessId: string,
  { components }: { components: unknown },
): Promise<unknown> {
  const examples = examplesIn(components, 'input.components');
  if (examples.length === 0) return components;
  const ids = [...new Set(examples.map(({ mediaId }) => mediaId))];
  const known = await sql.getRepository(Media).findBy({ id: In(ids.filter(isUuid)), businessId });
  for (const { path, format, mediaId } of examples) {
    const media = known.find(({ id }) => id === mediaId.toLowerCase());
    const field = `${path}.example.mediaId`;
    if (!media) throw badInput(field, 'the id of media that was kept with POST /media');
    // a format names the kind of its variable
    const unfit = unfitMedia(media, format as VariableKind);
    if (unfit) throw badInput(field, `media for a header of the format ${format}; this is ${unfit}`);
  }
  const handles = new Map<string, string>();
  for (const id of ids) {
    const file = await readMedia(sql, id);
    if (!file) throw new Error(`media ${id} is gone`);
    handles.set(id, await uploadExample(whatsapp, credentials, file));
  }
  return replaced(components, handles);
}

function examplesIn(components: unknown, path: string): MediaExample[] {
  if (!Array.isArray(components)) return [];
  return (components as unknown[]).filter(isObject).flatMap((component, i) => {
    const here = `${path}.${i}`;
    const { format, example, cards } = component;
    const own =
      isObject(example) && typeof example.mediaId === 'string'
        ? [{ path: here, format: String(format).toUpperCase(), mediaId: example.mediaId }]
        : [];
    const inCards = Array.isArray(cards)
      ? (cards as unknown[])
          .filter(isObject)
          .flatMap((card, c) => examplesIn(card.components, `${here}.cards.${c}.components`))
      : [];
    return [...own, ...inCards];
  });
}

function replaced(components: unknown, handles: ReadonlyMap<string, string>): unknown {
  if (!Array.isArray(components)) return components;
  return (components as unknown[]).map((component) => {
    if (!isObject(component)) return component;
    const { example, cards } = component;
    const handle = isObject(example) ? handles.get(String(example.mediaId)) : undefined;
    return {
      ...component,
      ...(handle !== undefined && { example: { header_handle: [handle] } }),
      ...(Array.isArray(cards) && {
        cards: (cards as unknown[]).map((card) => withComponents(card, handles)),
      }),
    };
  });
}

function withComponents(card: unknown, handles: ReadonlyMap<string, string>): unknown {
  if (!isObject(card)) return card;
  const inner: Component = card;
  return { ...inner, components: replaced(inner.components, handles) };
}
