import type { ContentChoice } from './content-choice';

/** What is sent, as an input gives it; what is left out or null is not given. Kept with the campaign, to be changed. */
export interface GivenContent extends ContentChoice {
  whatsappTemplateName?: string | null | undefined;
  whatsappTemplateLanguage?: string | null | undefined;
}
