import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One invariant of a campaign, and whether it holds.' })
export class ConsistencyCheck {
  @Field(() => String, {
    description:
      'What is checked, e.g. SUMS_ADD_UP, COUNTER_SENT (the counter is the count of the rows), TIMELINE_SENT, PHONES_ONCE or NOBODY_FORGOTTEN. Names stay; others may be added.',
  })
  name: string;
  @Field(() => Boolean, { description: 'Whether the invariant holds.' }) holds: boolean;
  @Field(() => String, { description: 'What was found, in words and numbers.' }) detail: string;
}

@ObjectType({ description: 'A campaign checked against its rows, in one snapshot.' })
export class CampaignConsistency {
  @Field(() => Boolean, { description: 'Every check holds.' }) ok: boolean;
  @Field(() => Date, { description: 'The time of the snapshot.' }) checkedAt: Date;
  @Field(() => [ConsistencyCheck], {
    description: 'Before the recipients are stored there are no rows yet, and only the sums are checked.',
  })
  checks: ConsistencyCheck[];
}
