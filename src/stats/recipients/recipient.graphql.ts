import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ExclusionReason } from '../../audience/audience';
import { RecipientOutcome } from '../../audience/filter/filter';
import { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';
import { PageArgs, PageInfo } from '../../infra/pagination';
import type { RecipientFields } from './recipient';
import { RecipientEventKind } from './story';
import type { StoryEvent } from './story';

registerEnumType(SkippedReason, {
  name: 'SkippedReason',
  description: 'Why a person of the total was not sent to in the end.',
  valuesConfig: {
    OPTED_OUT: { description: 'The person opted out after the start.' },
    CANCELLED: { description: 'The campaign was cancelled before it was their turn.' },
    DEADLINE: { description: 'The deadline passed before it was their turn.' },
    DUPLICATE_PHONE: { description: 'The person changed their number, and is in the campaign twice.' },
  },
});
registerEnumType(RecipientEventKind, {
  name: 'RecipientEventKind',
  description: 'What happened to a message and its person.',
  valuesConfig: {
    SENT: { description: 'WhatsApp accepted the message; of several attempts the latest.' },
    FAILED: { description: 'It failed for good; the detail is the error.' },
    REPLIED: { description: 'The first answer of the person.' },
    SKIPPED: { description: 'It is not sent; the detail says why.' },
    RETRIED: {
      description:
        'It went back to the queue after an attempt; the detail is the error, if a FAILED before does not tell it.',
    },
  },
});

@ObjectType({ description: "One event of a person's story in a campaign." })
export class RecipientEvent implements StoryEvent {
  @Field(() => RecipientEventKind) event: RecipientEventKind;
  @Field(() => Date) at: Date;
  @Field(() => String, { nullable: true, description: 'In words, where there is more to say.' }) detail:
    string | null;
}

@ObjectType({ description: 'One person of a campaign, and what became of the message.' })
export class Recipient implements RecipientFields {
  @Field(() => ID) id: string;
  @Field(() => Int, { description: 'The place in the campaign, from 1; the excluded come last.' })
  seq: number;
  @Field(() => String, { description: 'As it was when the list of recipients was made.' }) name: string;
  @Field(() => String, {
    description: 'What is sent to; the text of the contact where that is no phone number.',
  })
  phone: string;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field(() => RecipientStatus) status: RecipientStatus;
  @Field(() => Int, {
    description:
      'How often it was tried to send the message; an attempt that a limit refused does not count.',
  })
  attempts: number;
  @Field(() => Int, {
    nullable: true,
    description: "WhatsApp's code of the latest error, also while the message waits for another attempt.",
  })
  errorCode: number | null;
  @Field(() => String, { nullable: true, description: 'The latest error in words.' }) errorText:
    string | null;
  @Field(() => ExclusionReason, { nullable: true, description: 'Of EXCLUDED.' })
  excludedReason: ExclusionReason | null;
  @Field(() => SkippedReason, { nullable: true, description: 'Of SKIPPED.' })
  skippedReason: SkippedReason | null;
  @Field(() => Date, { nullable: true }) sentAt: Date | null;
  @Field(() => Date, { nullable: true }) deliveredAt: Date | null;
  @Field(() => Date, { nullable: true }) readAt: Date | null;
  @Field(() => Date, { nullable: true }) failedAt: Date | null;
  @Field(() => Date, { nullable: true }) clickedAt: Date | null;
  @Field(() => Date, { nullable: true }) convertedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When the person answered first.' })
  repliedAt: Date | null;
  @Field(() => Date, { nullable: true }) skippedAt: Date | null;
  @Field(() => Date, { nullable: true }) optedOutAt: Date | null;

  /** The story, if it is asked for. Not part of the API. */
  story: () => Promise<StoryEvent[]>;
}

@ObjectType({ description: 'A recipient in a list.' })
export class RecipientEdge {
  @Field(() => String, { description: 'Give it as `after` for the recipients that follow.' }) cursor: string;
  @Field(() => Recipient) node: Recipient;
}

@ObjectType({ description: 'A page of recipients.' })
export class RecipientConnection {
  @Field(() => [RecipientEdge]) edges: RecipientEdge[];
  @Field(() => [Recipient]) nodes: Recipient[];
  @Field(() => PageInfo) pageInfo: PageInfo;

  /** Counts all recipients of the list, if it is asked for. Not part of the API. */
  count: () => Promise<number>;
}

/** Which page of which recipients. */
@ArgsType()
export class RecipientsArgs extends PageArgs {
  @Field(() => [RecipientStatus], { nullable: true, description: 'Only with one of these statuses.' })
  status?: RecipientStatus[] | null;
  @Field(() => [RecipientOutcome], { nullable: true, description: 'Only with one of these outcomes.' })
  outcome?: RecipientOutcome[] | null;
  @Field(() => [Int], {
    nullable: true,
    description: 'Only people whose message failed for good with one of these codes (Campaign.failures).',
  })
  errorCode?: number[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      'As in contacts: the start of the name, a number in any spelling or its first digits, or the start of the e-mail address if the text has an @. At most 200 characters.',
  })
  search?: string | null;
}
