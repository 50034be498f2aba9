import type { TemplateValues } from '../catalog/templates/template-value';
import { badInput } from '../infra/errors';
import type { MediaType } from './campaign';
import type { TemplateValueInput } from './template-value.graphql';

/** The fields of an input that say what is sent. */
export interface ContentChoice {
  templateId?: string | null | undefined;
  templateParameters?: string[] | null | undefined;
  templateValues?: TemplateValueInput[] | null | undefined;
  messageText?: string | null | undefined;
  mediaUrl?: string | null | undefined;
  mediaId?: string | null | undefined;
  mediaType?: MediaType | null | undefined;
  productId?: string | null | undefined;
  linkUrl?: string | null | undefined;
}

/** The checked content of a campaign. WhatsApp accepts its form. */
export interface Content {
  templateValues: TemplateValues;
  /** What the guide's fields say of the values, also when they were given by key. */
  templateParameters: string[];
  messageText: string | null;
  mediaUrl: string | null;
  mediaId: string | null;
  mediaType: MediaType | null;
  linkUrl: string | null;
}

/** Called for what is missing, as opposed to wrong: `expected` completes "expected …", as in {@link badInput}. */
export type Missing = (field: string, expected: string) => void;

/** For content that must be complete. */
export const refuseMissing: Missing = (field, expected) => {
  throw badInput(field, expected);
};
