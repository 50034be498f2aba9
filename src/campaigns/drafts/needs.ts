import { AudienceType } from '../../audience/audience';
import type { Template } from '../../catalog/templates/template.entity';
import { UserError } from '../../infra/errors';
import { CampaignStatus } from '../campaign';
import type { Campaign } from '../campaign.entity';
import { checkContent } from '../content';
import type { Missing } from '../content-choice';
import type { Named } from '../template-values';
import { contentOf } from './fields';

/** Something that a draft still needs: the field of the input, and what is expected there, in words. */
export interface Need {
  field: string;
  expected: string;
}

/** The statuses in which a campaign can be changed. */
const changeable: readonly CampaignStatus[] = [CampaignStatus.DRAFT, CampaignStatus.SCHEDULED];

export function isChangeable({ status }: Pick<Campaign, 'status'>): boolean {
  return changeable.includes(status);
}

/** "linkUrl: a URL …", as people read it. */
export function needText({ field, expected }: Need): string {
  return `${field}: ${expected}`;
}

/** What the audience lacks before anybody can be counted; undefined if nothing. Pure. */
export function audienceNeed(
  campaign: Pick<Campaign, 'audienceType' | 'segmentId'>,
  hasPeople: boolean,
): Need | undefined {
  if (campaign.audienceType === AudienceType.SEGMENT && !campaign.segmentId)
    return { field: 'segmentId', expected: 'the id of a segment' };
  if (campaign.audienceType === AudienceType.CUSTOM && !hasPeople)
    return { field: 'customRecipients', expected: 'at least one recipient' };
  return undefined;
}

/**
 * What a draft needs before it can be sent, in the order of the input. What was right when it was saved and is not any
 * more (its template was changed, say) is among them. Pure.
 * @param deletedSegments what its filters lack ({@link deletedSegmentNeeds})
 * @param content what its message needs ({@link contentNeeds})
 */
export function needsOf(
  campaign: Campaign,
  deletedSegments: readonly Need[],
  content: readonly Need[],
): Need[] {
  const needs: Need[] = [];
  if (campaign.campaignName === '') needs.push({ field: 'campaignName', expected: '1 to 200 characters' });
  const audience = audienceNeed(campaign, campaign.totalRecipients + campaign.excludedCount > 0);
  if (audience) needs.push(audience);
  return [...needs, ...deletedSegments, ...content];
}

/**
 * What the message of a draft needs. Pure.
 * @param template the campaign's, as the library has it now
 */
export function contentNeeds(
  campaign: Campaign,
  template: Template | undefined,
  named: Named,
  publicUrl: string,
): Need[] {
  const needs: Need[] = [];
  const missing: Missing = (field, expected) =>
    needs.push({ field: field.replace(/^input\./, ''), expected });
  try {
    checkContent(contentOf(campaign), template, named, publicUrl, missing);
  } catch (error) {
    const field = error instanceof UserError ? error.extensions.field : undefined;
    if (!(error instanceof UserError) || typeof field !== 'string') throw error;
    missing(field, error.message.slice(`${field}: expected `.length));
  }
  return needs;
}
