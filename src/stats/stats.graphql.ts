import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { CampaignStatus } from '../campaigns/campaign';
import type { CampaignStatsFigures } from '../campaigns/figures';

@ObjectType({
  description:
    'A campaign in figures, all absolute. queued + unconfirmed + sent + failed + skipped = totalRecipients. Clicked and converted count people, not events.',
})
export class CampaignStats implements CampaignStatsFigures {
  @Field(() => ID, {
    description:
      "The campaign's id: the same in the query and the subscription, so that a cache updates itself.",
  })
  id: string;
  @Field(() => ID) campaignId: string;
  @Field(() => String) campaignName: string;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => Int, { description: 'Rises with every change; of two, the higher is the newer.' })
  version: number;
  @Field(() => Int, { description: 'People to be sent to.' }) totalRecipients: number;
  @Field(() => Int, { description: 'Waiting, or being sent right now.' }) queuedCount: number;
  @Field(() => Int, { description: 'Accepted by WhatsApp and not since reported failed.' }) sentCount: number;
  @Field(() => Int, { description: "Of the sent: arrived on the person's device." }) deliveredCount: number;
  @Field(() => Int, { description: 'Of the delivered: opened.' }) readCount: number;
  @Field(() => Int, { description: 'Refused for good.' }) failedCount: number;
  @Field(() => Int, { description: 'Of the total, but in the end not sent to.' }) skippedCount: number;
  @Field(() => Int, { description: 'No answer from WhatsApp: sent or not, a status will tell.' })
  unconfirmedCount: number;
  @Field(() => Int, { description: 'Left out beforehand, outside the total.' }) excludedCount: number;
  @Field(() => Int) clickedCount: number;
  @Field(() => Int) convertedCount: number;
  @Field(() => Int) optedOutCount: number;
  @Field(() => Float, {
    nullable: true,
    description: 'delivered / sent in percent, two decimals; null while nothing is sent.',
  })
  deliveryRate: number | null;
  @Field(() => Float, { nullable: true, description: 'clicked / delivered in percent, two decimals.' })
  clickRate: number | null;
  @Field(() => Float, { nullable: true, description: 'converted / delivered in percent, two decimals.' })
  conversionRate: number | null;
  @Field(() => Date, { nullable: true }) startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it ended: everybody done, or cancelled.' })
  completedAt: Date | null;
  @Field(() => Date) updatedAt: Date;
  @Field(() => String, {
    nullable: true,
    description: 'From start to end, or to now, in words: "42 minutes". Null before the start.',
  })
  duration: string | null;
  @Field(() => Int, { nullable: true, description: 'The same in whole seconds.' }) durationSeconds:
    number | null;
}
