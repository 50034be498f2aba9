import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { CampaignStatus } from '../campaigns/campaign';
import type { CampaignStatsFigures, MoneyAmount } from '../campaigns/figures';
import { DecimalScalar } from '../infra/scalars';

@ObjectType({ description: 'A sum of money.' })
export class Money implements MoneyAmount {
  @Field(() => DecimalScalar) amount: string;
  @Field(() => String, { description: 'ISO 4217, e.g. INR.' }) currency: string;
}

@ObjectType({
  description:
    'The figures of a campaign: totals, not changes. queued + unconfirmed + sent + failed + skipped = totalRecipients. All counts are people, not events, except clicks and botClicks.',
})
export class CampaignStats implements CampaignStatsFigures {
  @Field(() => ID, {
    description:
      "The campaign's id. It is the same in the query and the subscription, so a client's cache updates itself.",
  })
  id: string;
  @Field(() => ID) campaignId: string;
  @Field(() => String) campaignName: string;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => Int, { description: 'Rises with every change: figures with a higher version are newer.' })
  version: number;
  @Field(() => Int, { description: 'People who should get the message.' }) totalRecipients: number;
  @Field(() => Int, { description: 'Waiting to be sent, or being sent now.' }) queuedCount: number;
  @Field(() => Int, { description: 'Accepted by WhatsApp, and not reported as failed afterwards.' })
  sentCount: number;
  @Field(() => Int, { description: "Of the sent messages: arrived on the person's device." })
  deliveredCount: number;
  @Field(() => Int, { description: 'Of the delivered messages: opened.' }) readCount: number;
  @Field(() => Int, { description: 'Refused by WhatsApp, and not retried.' }) failedCount: number;
  @Field(() => Int, {
    description:
      'Of the total, but not sent: the person opted out after the start, or the campaign was cancelled.',
  })
  skippedCount: number;
  @Field(() => Int, {
    description:
      'WhatsApp gave no answer, so the message may have been sent. A later status or a click settles it.',
  })
  unconfirmedCount: number;
  @Field(() => Int, {
    description:
      'Of the sent messages: accepted by WhatsApp and held back by it at this moment, to assess the quality of the template or the account. WhatsApp delivers them later, or drops them: those become failed, and retryFailed sends to them again.',
  })
  heldCount: number;
  @Field(() => Int, {
    description: 'Contacts that were left out when the list of recipients was made. Not part of the total.',
  })
  excludedCount: number;
  @Field(() => Int, { description: 'People who opened a tracked link of the message.' }) clickedCount: number;
  @Field(() => Int, { description: 'People with an order that is attributed to the campaign.' })
  convertedCount: number;
  @Field(() => Int) optedOutCount: number;
  @Field(() => Int, {
    description:
      'People who answered: a message that names ours, else the last one within 72 hours before the answer.',
  })
  repliedCount: number;
  @Field(() => Int, { description: 'How often people opened a tracked link; clickedCount counts each once.' })
  clicks: number;
  @Field(() => Int, {
    description: 'How often previews, crawlers and other programs opened a tracked link; never in clicks.',
  })
  botClicks: number;
  @Field(() => [Money], {
    description:
      'Orders attributed to the campaign, less their refunds, one sum for each currency. XXX stands for orders without a currency.',
  })
  revenue: Money[];
  @Field(() => [Money], {
    description:
      'What WhatsApp charges for the messages delivered so far, as its statuses and the rate card say; one sum for each currency.',
  })
  cost: Money[];
  @Field(() => Float, {
    nullable: true,
    description: 'delivered / sent in percent, two decimals; null while sent is 0.',
  })
  deliveryRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'clicked / delivered in percent, two decimals; null while delivered is 0.',
  })
  clickRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'converted / delivered in percent, two decimals; null while delivered is 0.',
  })
  conversionRate: number | null;
  @Field(() => Date, { nullable: true }) startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the campaign was completed or cancelled.' })
  completedAt: Date | null;
  @Field(() => Date) updatedAt: Date;
  @Field(() => String, {
    nullable: true,
    description:
      'The time from the start to the end, or to now, in words: "42 minutes". Null before the start.',
  })
  duration: string | null;
  @Field(() => Int, { nullable: true, description: 'The duration in whole seconds.' }) durationSeconds:
    number | null;
}
