import type { MediaType } from './campaign';

/** What is sent, as an input gives it; what is left out or null is not given. Kept with the campaign, to be changed. */
export interface GivenContent {
  templateId?: string | null | undefined;
  whatsappTemplateName?: string | null | undefined;
  whatsappTemplateLanguage?: string | null | undefined;
  templateParameters?: string[] | null | undefined;
  messageText?: string | null | undefined;
  mediaUrl?: string | null | undefined;
  mediaType?: MediaType | null | undefined;
  productId?: string | null | undefined;
  linkUrl?: string | null | undefined;
}
