import type { SendRequest } from '../whatsapp/wire';
import type { Person } from './placeholders';
import type { Template } from './templates/template.entity';

/** What rendering needs to know of a template. */
export type SendableTemplate = Pick<Template, 'name' | 'language' | 'parameterFormat' | 'components'> &
  Partial<Pick<Template, 'optOutChoice'>>;

/** What differs for each message, besides the person. */
export interface Stamp {
  /** Sent with the message; WhatsApp returns it in each status. */
  callbackData: string;
  /** The click token of each tracked link, by its place in the message, from 0. */
  linkToken: (link: number) => string;
}

/** A message for one person, or the reason why this person cannot be sent one. */
export type Rendered = { message: SendRequest } | { problem: string };

export type Renderer = (person: Person, stamp: Stamp) => Rendered;
