import { MarketingApi, onboarded } from '../../accounts/marketing-api';
import type { Sender } from '../../accounts/sender.entity';
import { shapeOf } from '../../catalog/templates/template-shape';
import type { Template } from '../../catalog/templates/template.entity';
import { VariableKind } from '../../catalog/templates/variables';

/**
 * That WhatsApp may refuse a template because its header is an animation, which Meta documents for marketing messages
 * only; undefined when there is none, when it goes as a marketing message, or as long as it is not known whether the account
 * has them. Pure.
 */
export function animationWarning(
  template: Pick<Template, 'components' | 'category'> | undefined,
  sender: Pick<Sender, 'marketingApi' | 'marketingOnboarding'>,
): string | undefined {
  const hasAnimation =
    template && shapeOf(template.components, '').variables.some(({ kind }) => kind === VariableKind.GIF);
  const why = hasAnimation && whyNotAsMarketing(template.category, sender);
  return why
    ? `The header is an animation (GIF): WhatsApp sends these only as marketing messages, and ${why}.`
    : undefined;
}

function whyNotAsMarketing(
  category: string,
  { marketingApi, marketingOnboarding }: Pick<Sender, 'marketingApi' | 'marketingOnboarding'>,
): string | undefined {
  if (category !== 'MARKETING') return 'this is not a marketing template. Use one, or another header';
  if (marketingApi === MarketingApi.CLOUD_API) return 'this number is set to the Cloud API. Set it to AUTO';
  const isKnown = marketingOnboarding !== null && marketingOnboarding !== onboarded;
  return marketingApi === MarketingApi.AUTO && isKnown
    ? "this number's account does not have the Marketing Messages API; accept its terms in WhatsApp Manager"
    : undefined;
}
