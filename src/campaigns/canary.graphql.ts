import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CanaryState } from './campaign';

registerEnumType(CanaryState, {
  name: 'CanaryState',
  description: 'State of the first slice of a campaign.',
  valuesConfig: {
    WAITING: { description: 'The slice is being sent, or its outcomes are awaited.' },
    PASSED: { description: 'Its outcomes were within the limits; everybody else is sent to.' },
    STOPPED: {
      description: 'Too many failures or opt-outs: the campaign is paused and statusReason says why.',
    },
    OVERRULED: { description: 'Stopped, then resumed by a person.' },
  },
});

@InputType({
  description:
    'Send to a first slice of the audience (chosen by phone number) and wait for its outcomes; then send to the rest, or pause.',
})
export class CanaryInput {
  @Field(() => Float, {
    nullable: true,
    defaultValue: 1,
    description: 'Share of the audience in percent, above 0 to 100.',
  })
  percent?: number | null;
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'Least number of people in the slice, 1 to 100,000.',
  })
  minimum?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 15,
    description:
      'Minutes to wait for deliveries, failures and opt-outs after the last message of the slice was sent, and again after a pause; 0 to 1440.',
  })
  waitMinutes?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 10,
    description: 'The campaign pauses when more than this percentage of the slice fails, 0 to 100.',
  })
  maxFailurePercent?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 2,
    description: 'The campaign pauses when more than this percentage of the slice opts out, 0 to 100.',
  })
  maxOptOutPercent?: number | null;
}

@ObjectType('Canary', {
  description: 'The first slice of a campaign, and the limits that pause the campaign.',
})
export class CanaryGraphql {
  @Field(() => Float, { description: 'Share of the audience in percent.' }) percent: number;
  @Field(() => Int, { description: 'Least number of people in the slice.' }) minimum: number;
  @Field(() => Float, { description: 'Minutes to wait for outcomes.' }) waitMinutes: number;
  @Field(() => Float, { description: 'In percent of the slice.' }) maxFailurePercent: number;
  @Field(() => Float, { description: 'In percent of the slice.' }) maxOptOutPercent: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'Number of people in the slice; null before the audience is fixed, and when the audience is no larger than the slice.',
  })
  size: number | null;
  @Field(() => CanaryState, { nullable: true, description: 'Null while size is null.' })
  state: CanaryState | null;
}
