import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CanaryState } from './campaign';

registerEnumType(CanaryState, {
  name: 'CanaryState',
  description: 'State of the canary of a campaign.',
  valuesConfig: {
    WAITING: { description: 'The canary is being sent, or the campaign waits for its results.' },
    PASSED: { description: 'The results were within the limits; the rest is sent.' },
    STOPPED: {
      description: 'Too many failures or opt-outs: the campaign is paused and statusReason says why.',
    },
    OVERRULED: { description: 'The canary was stopped, and the campaign was resumed in spite of that.' },
  },
});

@InputType({
  description:
    'Send to the first part of the audience (in the order of phone numbers), the canary, and wait for the results; then send the rest, or pause.',
})
export class CanaryInput {
  @Field(() => Float, {
    nullable: true,
    defaultValue: 1,
    description: 'Size of the canary in percent of the audience: above 0, at most 100.',
  })
  percent?: number | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'Smallest number of people in the canary: 1 to 100,000.',
  })
  minimum?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 15,
    description:
      'Minutes to wait for deliveries, failures and opt-outs after the last message of the canary was sent, and again after a pause: 0 to 1440.',
  })
  waitMinutes?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 10,
    description: 'The campaign pauses if more than this percentage of the canary fails: 0 to 100.',
  })
  maxFailurePercent?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 2,
    description: 'The campaign pauses if more than this percentage of the canary opts out: 0 to 100.',
  })
  maxOptOutPercent?: number | null;
}

@ObjectType('Canary', {
  description:
    'The canary of a campaign: the first part of its messages, and the limits that pause the campaign.',
})
export class CanaryGraphql {
  @Field(() => Float, { description: 'Size of the canary in percent of the audience.' }) percent: number;
  @Field(() => Int, { description: 'Smallest number of people in the canary.' }) minimum: number;
  @Field(() => Float, { description: 'Minutes to wait for results.' }) waitMinutes: number;
  @Field(() => Float, { description: 'In percent of the canary.' }) maxFailurePercent: number;
  @Field(() => Float, { description: 'In percent of the canary.' }) maxOptOutPercent: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'Number of people in the canary. Null before the audience is fixed, and if the audience is no larger than the canary.',
  })
  size: number | null;
  @Field(() => CanaryState, { nullable: true, description: 'Null while size is null.' })
  state: CanaryState | null;
}
