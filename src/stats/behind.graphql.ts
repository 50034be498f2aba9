import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { FailureKind } from './failures';
import { FunnelStep } from './funnel';
import type { FunnelFigures } from './funnel';
import { TimelineBucket } from './timeline';
import type { TimelineFigures } from './timeline';

registerEnumType(TimelineBucket, {
  name: 'TimelineBucket',
  description: 'How finely a timeline is divided.',
  valuesConfig: { DAY: { description: "Days in the business's time zone." } },
});
registerEnumType(FunnelStep, {
  name: 'FunnelStep',
  description: 'How far people came; each counts all who came at least that far.',
  valuesConfig: { AUDIENCE: { description: 'Everybody who should get the message (totalRecipients).' } },
});

@ObjectType({
  description:
    'What happened in one bucket of time. A message that was sent earlier and failed now is taken away from `sent` now, so a figure can be negative; the sums of all buckets are the counters.',
})
export class TimelinePoint implements TimelineFigures {
  @Field(() => Date, { description: 'Where the bucket begins.' }) at: Date;
  @Field(() => Int) sent: number;
  @Field(() => Int) delivered: number;
  @Field(() => Int) read: number;
  @Field(() => Int) failed: number;
  @Field(() => Int) clicked: number;
  @Field(() => Int) converted: number;
  @Field(() => Int) replied: number;
}

@ObjectType({ description: 'The failures of a campaign with one error code.' })
export class CampaignFailure implements FailureKind {
  @Field(() => Int, { nullable: true, description: "WhatsApp's; null for failures without one." })
  code: number | null;
  @Field(() => String, { description: 'What happened, as a sentence.' }) text: string;
  @Field(() => String, { description: 'What to do.' }) action: string;
  @Field(() => Int, { description: 'People.' }) count: number;
  @Field(() => Boolean, {
    description: 'Whether retryFailed sends them again; with 131049 once 24 hours have passed.',
  })
  retryable: boolean;
}

@ObjectType({ description: 'A step of the funnel.' })
export class FunnelPoint implements FunnelFigures {
  @Field(() => FunnelStep) step: FunnelStep;
  @Field(() => Int, { description: 'People.' }) count: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Percent of the step before, two decimals; null for AUDIENCE and after a step with nobody.',
  })
  ofPrevious: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Percent of the audience, two decimals; null while the audience is 0.',
  })
  ofAudience: number | null;
}
