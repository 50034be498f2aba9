import { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';
import type { Metrics } from '../../infra/metrics';
import { isUnknownMedia } from '../../whatsapp/error-catalogue';
import type { WhatsAppClient } from '../../whatsapp/client';
import type { SendRequest } from '../../whatsapp/wire';
import type { CampaignMedia } from './campaign-media';
import type { CampaignRoutes } from './campaign-routes';
import { callbackData } from './callback-data';
import type { ClaimedRecipient } from './claim';
import { outcomeOf, routeOutcome } from './outcome';
import type { Attempt, RetryPolicy, SendOutcome } from './outcome';
import type { SendableCampaign } from './sendable-campaign';

/** Renders and posts one recipient's message, and says what follows from the result. */
export class MessagePoster {
  constructor(
    private readonly whatsapp: WhatsAppClient,
    private readonly media: CampaignMedia,
    private readonly routes: CampaignRoutes,
    private readonly metrics: Metrics,
    private readonly policy: RetryPolicy,
  ) {}

  /** Never rejects because of the network or WhatsApp. */
  async send(campaign: SendableCampaign, recipient: ClaimedRecipient): Promise<SendOutcome> {
    const { seq, claim_no: claimNo } = recipient;
    const place = { campaignId: campaign.id, seq, claimNo };
    if (recipient.opted_out) {
      return {
        move: {
          ...place,
          to: RecipientStatus.SKIPPED,
          errorMessage: 'Opted out after the start',
          skippedReason: SkippedReason.OPTED_OUT,
        },
        notPosted: true,
      };
    }
    const dueInMs = campaign.closedForMs?.(recipient.phone) ?? 0;
    if (dueInMs > 0) return { move: { ...place, to: RecipientStatus.QUEUED, dueInMs }, notPosted: true };
    const { route } = campaign;
    if (campaign.media.isStale || !route || route.isStale) return notPosted(campaign, recipient);
    const isPhone = recipient.phone.startsWith('+');
    const rendered = campaign.render(isPhone ? recipient : { ...recipient, phone: '' }, {
      callbackData: callbackData(place),
      linkToken: (link) => campaign.linkToken?.(seq, link) ?? '',
    });
    if ('problem' in rendered) {
      return {
        move: { ...place, to: RecipientStatus.FAILED, errorCode: 131008, errorMessage: rendered.problem },
        notPosted: true,
      };
    }
    const result = await this.whatsapp.send(
      campaign.credentials,
      isPhone ? rendered.message : toPerson(rendered.message, recipient.phone),
      route.path,
    );
    this.metrics.sends.inc({ outcome: result.kind });
    if (
      result.kind === 'refused' &&
      campaign.media.ids.size > 0 &&
      isUnknownMedia(result.error) &&
      this.media.renew(campaign, campaign.media)
    )
      return notPosted(campaign, recipient);
    if (result.kind === 'refused') {
      const refusal = this.routes.refused(campaign.id, route, result.error);
      if (refusal) return routeOutcome(attemptOf(campaign, recipient), result.error, refusal);
    }
    // usually the same as the phone; only another one is stored
    if (result.kind === 'accepted' && result.waId === recipient.phone.slice(1)) result.waId = undefined;
    if (result.kind === 'accepted' && result.userId === recipient.phone) result.userId = undefined;
    return outcomeOf(attemptOf(campaign, recipient), result, this.policy);
  }

  /** The outcome after an error in this process: the message may have been sent. */
  lost(campaign: SendableCampaign, recipient: ClaimedRecipient): SendOutcome {
    return outcomeOf(
      attemptOf(campaign, recipient),
      { kind: 'unknown', reason: 'internal error' },
      this.policy,
    );
  }
}

/** The message for a person who is known by WhatsApp's id alone (BSUID). */
function toPerson({ to: _, ...message }: SendRequest, recipient: string): SendRequest {
  return { ...message, recipient };
}

/** Nothing was posted for this recipient: back to the queue, unless it was claimed again meanwhile. */
export function notPosted(
  campaign: SendableCampaign,
  { seq, claim_no: claimNo }: ClaimedRecipient,
): SendOutcome {
  return {
    move: { campaignId: campaign.id, seq, claimNo, to: RecipientStatus.QUEUED, dueInMs: 0 },
    notPosted: true,
  };
}

function attemptOf(
  campaign: SendableCampaign,
  { seq, claim_no: claimNo, attempts, pair_tries: pairTries }: ClaimedRecipient,
): Attempt {
  return { campaignId: campaign.id, seq, claimNo, attempts, pairTries };
}
