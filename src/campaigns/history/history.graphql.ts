import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { HistoryAction } from './actions';
import type { HistoryEntry } from './history';

registerEnumType(HistoryAction, {
  name: 'HistoryAction',
  description: 'What people and the system do to a campaign.',
  valuesConfig: {
    SCHEDULED: { description: 'Scheduled, or scheduled anew.' },
    STARTED: { description: 'By a person, or by its schedule.' },
    PAUSED: { description: 'By a person, or by itself for the reason given.' },
    RETRIED: { description: 'Failed messages were queued again.' },
    RESENT: { description: 'Unconfirmed messages were queued again.' },
    REOPENED: { description: 'It was completed, and a message went back to the queue.' },
    FAILED: { description: 'It could not start at the time of its schedule.' },
  },
});

@ObjectType({ description: 'Something that was done to a campaign.' })
export class CampaignHistoryEntry implements HistoryEntry {
  @Field(() => Date) at: Date;
  @Field(() => HistoryAction) action: HistoryAction;
  @Field(() => String, {
    nullable: true,
    description: 'Who did it (`sub` of the token); null when the system did.',
  })
  actor: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why; what a person gave as the reason, in their own words.',
  })
  reason: string | null;
}
