import type { WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';
import type { Say } from '../../i18n/text';
import { isAddress } from './address';
import { isAmount } from './amount';
import type { Draft } from './draft';
import { hasLink, unknownPlaceholder } from './placeholders';
import { isOfAccount } from './sender-account';
import { isGiven, valueInput } from './values';
import { labelOf } from './variables';

/** The names of what was entered and is not complete, so that the server does not have it: see {@link partsOf}. */
export function unsavedOf(
  say: Say,
  draft: Draft,
  template: WizardTemplateFragment | undefined,
  sender: WizardSendersQuery['senders'][number] | undefined,
  zone: string,
): string[] {
  const { audienceType, incomplete, maxCost } = draft;
  const unsaved: string[] = [];
  if (audienceType !== 'SEGMENT' && audienceType !== 'CUSTOM' && incomplete > 0)
    unsaved.push(say('campaigns.unfinishedConditions', { count: incomplete }));
  if (draft.freeForm) unsaved.push(...unsavedText(say, draft, zone));
  // Nothing of a message is stored that cannot be sent.
  else if (template && !(template.sendable && isOfAccount(template, sender)))
    unsaved.push(say('campaigns.template'));
  else if (template) unsaved.push(...unsavedValues(say, draft, template, zone));
  if (maxCost.trim() !== '' && !isAmount(maxCost)) unsaved.push(say('campaigns.maxCost'));
  return unsaved;
}

function unsavedText(say: Say, draft: Draft, zone: string): string[] {
  const { text, mediaKind, media } = draft;
  const unsaved: string[] = [];
  if (unknownPlaceholder(text, ['link']) !== undefined) unsaved.push(say('campaigns.text'));
  if (mediaKind && isGiven(media, 'media') && !valueInput({ key: 'media', kind: mediaKind }, media, zone))
    unsaved.push(say('campaigns.mediaName', { kind: mediaKind }));
  return [...unsaved, ...unsavedLink(say, draft, hasLink(text))];
}

function unsavedValues(say: Say, draft: Draft, template: WizardTemplateFragment, zone: string): string[] {
  const { values } = draft;
  const wrong = template.variables.filter(
    (variable) => isGiven(values, variable.key) && !valueInput(variable, values, zone),
  );
  return [
    ...wrong.map((variable) => labelOf(say, variable)),
    ...unsavedLink(say, draft, template.hasTrackedLink),
  ];
}

function unsavedLink(say: Say, { linkUrl }: Draft, hasTrackedLink: boolean): string[] {
  return hasTrackedLink && linkUrl.trim() !== '' && !isAddress(linkUrl) ? [say('campaigns.link')] : [];
}
