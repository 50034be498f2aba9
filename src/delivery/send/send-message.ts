import type { Metrics } from '../../infra/metrics';
import type { WhatsAppClient } from '../../whatsapp/client';
import { callbackData } from './callback-data';
import type { SendableCampaign } from './sendable-campaign';
import type { ClaimedRecipient } from './claim';
import { outcomeOf } from './outcome';
import type { SendOutcome, RetryPolicy } from './outcome';
import { RecipientStatus } from '../../campaigns/recipient-status';

/** One person's message: rendered, posted, and what follows from the answer. */
export class Poster {
  constructor(
    private readonly whatsapp: WhatsAppClient,
    private readonly metrics: Metrics,
    private readonly policy: RetryPolicy,
  ) {}

  async post(campaign: SendableCampaign, recipient: ClaimedRecipient): Promise<SendOutcome> {
    const { seq, claim_no: claimNo, attempts, pair_tries: pairTries } = recipient;
    const place = { campaignId: campaign.id, seq, claimNo };
    if (recipient.opted_out) {
      return {
        move: { ...place, to: RecipientStatus.SKIPPED, errorMessage: 'Opted out after the start' },
        notPosted: true,
      };
    }
    const rendered = campaign.render(recipient, {
      callbackData: callbackData(place),
      linkToken: campaign.linkToken?.(seq) ?? '',
    });
    if ('blank' in rendered) {
      return {
        move: { ...place, to: RecipientStatus.FAILED, errorCode: 131008, errorMessage: rendered.blank },
        notPosted: true,
      };
    }
    const outcome = await this.whatsapp.send(campaign.credentials, rendered.message);
    this.metrics.sends.inc({ outcome: outcome.kind });
    const tried = { campaignId: campaign.id, seq, claimNo, attempts, pairTries };
    return outcomeOf(tried, outcome, this.policy);
  }

  /** Back to the queue, wherever the sweep may have put this person meanwhile; fenced by the claim. */
  notPosted(campaign: SendableCampaign, { seq, claim_no: claimNo }: ClaimedRecipient): SendOutcome {
    return {
      move: { campaignId: campaign.id, seq, claimNo, to: RecipientStatus.QUEUED, dueInMs: 0 },
      notPosted: true,
    };
  }

  /** Something broke here, with the message perhaps on its way. */
  outOfSight(
    campaign: SendableCampaign,
    { seq, claim_no: claimNo, attempts, pair_tries: pairTries }: ClaimedRecipient,
  ): SendOutcome {
    const tried = { campaignId: campaign.id, seq, claimNo, attempts, pairTries };
    return outcomeOf(tried, { kind: 'unknown', reason: 'internal error' }, this.policy);
  }
}
