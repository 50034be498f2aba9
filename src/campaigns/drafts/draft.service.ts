import { showsPhone } from '../../audience/shows-phone';
import type { DataSource } from 'typeorm';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Business } from '../../accounts/business.entity';
import type { Viewer } from '../../accounts/viewer';
import { AudienceType } from '../../audience/audience';
import type { Selection } from '../../audience/exclusions';
import { segmentsIn } from '../../audience/filter/count';
import { databaseNow, transact } from '../../infra/database';
import { badInput, notFound, UserError } from '../../infra/errors';
import { checkText } from '../../infra/input';
import { CampaignStatus } from '../campaign';
import type { Campaign } from '../campaign.entity';
import type { CreateCampaignInput, UpdateCampaignInput } from '../campaign.graphql';
import { campaignRepository } from '../campaign.repository';
import type { CampaignService } from '../campaign.service';
import { refuseMissing } from '../content-choice';
import type { Missing } from '../content-choice';
import { newLinkKey } from '../link';
import { planFor } from '../schedule/recipient-hours';
import { ScheduleTimeZone } from '../schedule/schedule';
import { mustNotBeUsed } from './campaign-use';
import { copiedColumns } from './copy';
import type { DraftAudience } from './draft-audience';
import type { CheckedAudience, DraftChecks } from './draft-checks';
import { changedAudience, changedContent, plainColumns, touches } from './fields';
import { removeRecipients } from './fixed-audience';
import type { InsertRecipients } from './fixed-audience';
import { audienceNeed, isChangeable, needText } from './needs';
import { writeDraft } from './write-draft';
import type { DraftWrite } from './write-draft';

/** A change is prepared again this often when somebody else changed the campaign meanwhile. */
const maxTries = 10;

/** For drafts that may be incomplete. */
const letThrough: Missing = () => undefined;

/**
 * Creates, changes, copies and deletes drafts. Everything that can take long (WhatsApp, counting) comes before the
 * transaction; a change then begins anew if the campaign has got another version meanwhile, so that of two changes at once
 * of different fields both hold.
 */
export class DraftService {
  constructor(
    private readonly database: DataSource,
    private readonly campaigns: CampaignService,
    private readonly accounts: AccountsService,
    private readonly audience: DraftAudience,
    private readonly checks: DraftChecks,
    private readonly insertRecipients: InsertRecipients,
  ) {}

  /**
   * Checks everything that can be checked beforehand, counts the audience or fixes it, and stores the campaign as a draft.
   * @param parentCampaignId the campaign whose recipients this one goes to, of the same business
   * @throws BAD_USER_INPUT naming the field; NOT_FOUND for ids of another business
   */
  async createCampaign(
    viewer: Viewer,
    input: CreateCampaignInput,
    parentCampaignId: string | null = null,
  ): Promise<Campaign> {
    const business = await this.accounts.business(viewer, input.businessId);
    const key =
      input.idempotencyKey == null ? null : checkText('input.idempotencyKey', input.idempotencyKey, 200);
    const known = await this.withKey(business.id, key);
    if (known) return known;
    const missing = input.incomplete ? letThrough : refuseMissing;
    const plain = plainColumns(input, missing);
    const chosen = await this.checks.audience(business, input, missing);
    const content = await this.checks.content(business, input.senderId, input, missing);
    const selection = await this.audience.chosen(business, chosen, content.kind, content.columns);
    const own = {
      businessId: business.id,
      idempotencyKey: key,
      incomplete: input.incomplete === true,
      parentCampaignId,
    };
    const columns = { ...plain, ...chosen.columns, ...content.columns, ...own };
    const people = await this.audience.people(selection, input.fixAudience === true);
    try {
      return await this.storeNew({ columns, segmentIds: chosen.segmentIds, people });
    } catch (error) {
      // another request with the key was faster
      const same = isTakenKey(error) ? await this.withKey(business.id, key) : null;
      if (!same) throw error;
      return same;
    }
  }

  /**
   * Changes a draft or a scheduled campaign; what is left out stays.
   * @throws BAD_USER_INPUT naming the field; CONFLICT in any other status
   */
  updateCampaign(viewer: Viewer, id: string, input: UpdateCampaignInput): Promise<Campaign> {
    return this.change(viewer, id, (found) => this.prepareChange(viewer, found, input));
  }

  /** A new draft with the content and the audience of a campaign of any status; the people are selected anew. */
  async cloneCampaign(viewer: Viewer, id: string, campaignName: string): Promise<Campaign> {
    const source = await this.campaigns.campaign(viewer, id);
    const name = checkText('campaignName', campaignName, 200);
    const selection = await this.audience.stored(source, await this.audience.kindOf(source));
    const people = await this.audience.people(selection, false);
    const customRecipients = await this.audience.customRecipients(source);
    const columns = { ...copiedColumns(source), campaignName: name, customRecipients };
    // what was right when the campaign was sent may be missing now: its template, its segment
    const asDraft = { ...source, ...columns, status: CampaignStatus.DRAFT, incomplete: true };
    const incomplete = source.incomplete || (await this.campaigns.needs(asDraft)).length > 0;
    // as long as a segment is missing there is no audience, and no segment is tied to the draft
    const segmentIds = selection
      ? [
          ...(source.segmentId ? [source.segmentId] : []),
          ...segmentsIn(source.audienceFilter),
          ...segmentsIn(source.excludeFilter ?? {}),
        ]
      : [];
    return this.storeNew({ columns: { ...columns, incomplete }, segmentIds, people });
  }

  /** @returns the draft as it was @throws CONFLICT for what is not a draft, and for one that a filter names */
  async deleteCampaign(viewer: Viewer, id: string): Promise<Campaign> {
    const found = await this.campaigns.campaign(viewer, id);
    return transact(this.database, async (transaction) => {
      const campaigns = campaignRepository(transaction);
      const draft = await campaigns.lockById(found.id);
      if (!draft) throw notFound('Campaign');
      if (draft.status !== CampaignStatus.DRAFT) throw cannotBe('deleted', draft);
      await mustNotBeUsed(transaction, draft);
      if (draft.audienceFixedAt) await removeRecipients(transaction, draft.id);
      await campaigns.delete({ id: draft.id });
      return draft;
    });
  }

  /**
   * Fixes the people of a draft or a scheduled campaign now; of one whose people are fixed it changes nothing.
   * @throws CONFLICT in any other status, and as long as the audience is not chosen
   */
  fixAudience(viewer: Viewer, id: string): Promise<Campaign> {
    return this.change(viewer, id, async (found) => {
      if (found.audienceFixedAt) return undefined;
      const need = await this.audience.need(found, found.totalRecipients + found.excludedCount > 0);
      const selection = await this.audience.stored(found, await this.audience.kindOf(found));
      if (need)
        throw new UserError(
          'CONFLICT',
          `The audience is not chosen yet. It needs ${needText(need)}`,
          need.field,
        );
      return {
        columns: {},
        segmentIds: [],
        people: await this.audience.people(selection, true),
      };
    });
  }

  /** Prepares a change without the campaign's row being locked, and writes it if nobody else has changed it since. */
  private async change(
    viewer: Viewer,
    id: string,
    prepare: (found: Campaign) => Promise<DraftWrite | undefined>,
  ): Promise<Campaign> {
    for (let tries = 0; tries < maxTries; tries++) {
      const found = await this.campaigns.campaign(viewer, id);
      if (!isChangeable(found)) throw cannotBe('changed', found);
      const write = await prepare(found);
      if (!write) return found;
      const written = await transact(this.database, async (transaction) => {
        const campaign = await campaignRepository(transaction).lockById(found.id);
        if (!campaign) throw notFound('Campaign');
        if (campaign.version !== found.version) return undefined;
        const columns = { ...write.columns, version: campaign.version + 1 };
        return writeDraft(transaction, campaign, { ...write, columns }, this.insertRecipients);
      });
      if (written) return written;
    }
    throw new UserError('CONFLICT', 'Others are changing this campaign at the same time; please try again');
  }

  private async prepareChange(
    viewer: Viewer,
    found: Campaign,
    input: UpdateCampaignInput,
  ): Promise<DraftWrite> {
    const business = await this.accounts.business(viewer, found.businessId);
    const incomplete = mayBeIncomplete(found, input);
    const missing = incomplete ? letThrough : refuseMissing;
    // what was let through before is checked as soon as the draft is to be complete
    const everything = found.incomplete && !incomplete;
    const plain =
      everything && input.campaignName === undefined ? { ...input, campaignName: found.campaignName } : input;
    const columns = { ...plainColumns(plain, missing), incomplete };

    const chosen =
      everything || touches(input, 'audience')
        ? await this.checkAudience(business, found, input, missing)
        : undefined;
    // null: the business's first
    const senderId = input.senderId === undefined ? found.senderId : input.senderId;
    const kindBefore = await this.audience.kindOf(found);
    const content =
      everything || touches(input, 'content') || touches(input, 'sender')
        ? await this.checks.content(business, senderId, changedContent(found, input), missing)
        : undefined;
    const kind = content?.kind ?? kindBefore;

    const isChosen = chosen ? chosen.audience !== undefined : !audienceNeed(found, true);
    const wasFixed = found.audienceFixedAt !== null;
    const fix = input.fixAudience === undefined ? wasFixed && isChosen : input.fixAudience === true;
    const changed = { ...columns, ...content?.columns, ...chosen?.columns };
    const segmentIds = chosen?.segmentIds ?? [];
    const shown = { ...found, ...content?.columns };
    const isSame = kind === kindBefore && showsPhone(shown) === showsPhone(found);
    if (!chosen && isSame && fix === wasFixed) return { columns: changed, segmentIds, people: undefined };
    const selection = chosen
      ? await this.audience.chosen(business, chosen, kind, shown)
      : await this.audience.stored(shown, kind);
    const planned = await this.plannedAnew(found, selection);
    const people = await this.audience.people(selection, fix);
    return { columns: { ...changed, ...planned }, segmentIds, people };
  }

  /** A scheduled campaign with RECIPIENT starts when the first of its people is due: of other people, at another time. */
  private async plannedAnew(
    { status, schedule: before }: Campaign,
    selection: Selection | undefined,
  ): Promise<Partial<Campaign>> {
    const depends = status === CampaignStatus.SCHEDULED && before?.timeZone === ScheduleTimeZone.RECIPIENT;
    if (!depends || !selection) return {};
    const now = await databaseNow(this.database);
    const { schedule, due } = await planFor(this.database, before, selection, now);
    return { schedule, dueAt: due };
  }

  /** Listed people that stay are read for the check, and not written again: some may have been erased meanwhile. */
  private async checkAudience(
    business: Business,
    found: Campaign,
    input: UpdateCampaignInput,
    missing: Missing,
  ): Promise<CheckedAudience> {
    if (input.audienceType === null)
      throw badInput('input.audienceType', 'a type, because it cannot be cleared');
    const fields = changedAudience(found, input);
    const stay =
      fields.audienceType === AudienceType.CUSTOM && fields.customRecipients === undefined
        ? await this.audience.customRecipients(found)
        : null;
    if (!stay) return this.checks.audience(business, fields, missing);
    const chosen = await this.checks.audience(business, { ...fields, customRecipients: stay }, missing);
    const { customRecipients: _asStored, ...columns } = chosen.columns;
    return { ...chosen, columns };
  }

  private storeNew(write: DraftWrite): Promise<Campaign> {
    const columns = { ...write.columns, ...newLinkKey(), status: CampaignStatus.DRAFT };
    return transact(this.database, (transaction) => {
      const draft = campaignRepository(transaction).create({});
      return writeDraft(transaction, draft, { ...write, columns }, this.insertRecipients);
    });
  }

  private async withKey(businessId: string, key: string | null): Promise<Campaign | null> {
    return key === null
      ? null
      : campaignRepository(this.database).findOneBy({ businessId, idempotencyKey: key });
  }
}

/** @throws BAD_USER_INPUT for a scheduled campaign, which must stay complete */
function mayBeIncomplete(found: Campaign, input: UpdateCampaignInput): boolean {
  if (found.status === CampaignStatus.SCHEDULED) {
    if (input.incomplete) throw badInput('input.incomplete', 'false, because the campaign is scheduled');
    return false;
  }
  return input.incomplete === undefined ? found.incomplete : input.incomplete === true;
}

function cannotBe(done: 'changed' | 'deleted', { status }: Campaign): UserError {
  const hint = done === 'deleted' && status === CampaignStatus.SCHEDULED ? ': unschedule it first' : '';
  return new UserError('CONFLICT', `A campaign that is ${status} cannot be ${done}${hint}`);
}

function isTakenKey(error: unknown): boolean {
  return (error as { constraint?: unknown } | null)?.constraint === 'campaigns_idempotency_key';
}
