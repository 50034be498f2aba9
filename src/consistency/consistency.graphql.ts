import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One promise about a campaign, and whether it is kept.' })
export class ConsistencyCheck {
  @Field(() => String, {
    description:
      'What is checked, e.g. SUMS_ADD_UP, COUNTER_SENT (the counter is the count of the rows), TIMELINE_SENT, PHONES_ONCE or NOBODY_FORGOTTEN. Names stay; others may be added.',
  })
  name: string;
  @Field(() => Boolean, { description: 'Whether it is so.' }) holds: boolean;
  @Field(() => String, { description: 'What was found, in words and numbers.' }) detail: string;
}

@ObjectType({ description: 'A campaign checked against its rows, in a picture of one moment.' })
export class CampaignConsistency {
  @Field(() => Boolean, { description: 'Every check holds.' }) ok: boolean;
  @Field(() => Date, { description: 'The moment of the picture.' }) checkedAt: Date;
  @Field(() => [ConsistencyCheck], {
    description: 'Before the audience is fixed there are no rows yet, and only the sums are checked.',
  })
  checks: ConsistencyCheck[];
}
