import { Field, Float, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CanaryState } from './campaign';

registerEnumType(CanaryState, {
  name: 'CanaryState',
  description: 'How the first slice stands.',
  valuesConfig: {
    WAITING: { description: 'It is being sent, or its outcomes are awaited.' },
    PASSED: { description: 'Its outcomes were good; everybody else follows.' },
    STOPPED: { description: 'Too many failures or opt-outs: the campaign is paused, statusReason says why.' },
    OVERRULED: { description: 'Stopped, and resumed by somebody all the same.' },
  },
});

@InputType({
  description:
    'A first slice of the audience (by phone number) is sent to and its outcomes are awaited; then the rest follows, or the campaign pauses.',
})
export class CanaryInput {
  @Field(() => Float, { nullable: true, defaultValue: 1, description: 'Of the audience, above 0 to 100.' })
  percent?: number | null;
  @Field(() => Int, { nullable: true, defaultValue: 50, description: 'People at least, 1 to 100,000.' })
  minimum?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 15,
    description:
      'Minutes to wait for deliveries, failures and opt-outs after the last of them was sent, and anew after a pause, 0 to 1440.',
  })
  waitMinutes?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 10,
    description: 'With more failures than this the campaign pauses, percent of the slice, 0 to 100.',
  })
  maxFailurePercent?: number | null;
  @Field(() => Float, {
    nullable: true,
    defaultValue: 2,
    description: 'With more opt-outs than this the campaign pauses, percent of the slice, 0 to 100.',
  })
  maxOptOutPercent?: number | null;
}

@ObjectType('Canary', { description: 'The first slice of a campaign, and what must not happen in it.' })
export class CanaryGraphql {
  @Field(() => Float, { description: 'Of the audience.' }) percent: number;
  @Field(() => Int, { description: 'People at least.' }) minimum: number;
  @Field(() => Float, { description: 'Minutes to wait for outcomes.' }) waitMinutes: number;
  @Field(() => Float, { description: 'Percent of the slice.' }) maxFailurePercent: number;
  @Field(() => Float, { description: 'Percent of the slice.' }) maxOptOutPercent: number;
  @Field(() => Int, {
    nullable: true,
    description:
      'People of the slice; null before the audience is fixed, or when it is no larger than the slice.',
  })
  size: number | null;
  @Field(() => CanaryState, { nullable: true, description: 'Null as long as size is.' })
  state: CanaryState | null;
}
