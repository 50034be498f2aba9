import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../infra/pagination';
import { OptOutSource } from './suppression.entity';

/** Directions of a change, as they are stored. */
enum OptOutDirection {
  OPTED_OUT = 'OPTED_OUT',
  OPTED_IN = 'OPTED_IN',
}

registerEnumType(OptOutSource, {
  name: 'OptOutSource',
  description:
    'What made a person opt out. WHATSAPP and REFUSED stop MARKETING templates only; the others stop every message.',
  valuesConfig: {
    KEYWORD: { description: 'Wrote a word such as STOP. Lifted by START or optIn.' },
    BUTTON: { description: 'Tapped an opt-out button of a message. Lifted by START or optIn.' },
    WHATSAPP: {
      description:
        "Stopped marketing messages with WhatsApp's own control. Lifted by resuming there, by START or optIn.",
    },
    MANUAL: { description: 'Entered by the business with optOut. Lifted by optIn.' },
    IMPORT: { description: 'In a list that the business imported. Lifted by optIn.' },
    REFUSED: {
      description:
        'WhatsApp refused a message with 131050. Lifted as WHATSAPP is; a send that is refused again brings it back.',
    },
  },
});
registerEnumType(OptOutDirection, {
  name: 'OptOutChange',
  description: 'Whether a person opted out or in.',
});

@ObjectType('OptOut', {
  description: 'An opt-out that counts now: one for each person and source. A person may have several.',
})
export class OptOutType {
  @Field(() => String, {
    description: 'E.164, in the spelling that was seen first; the BSUID of a person who has no phone.',
  })
  phone: string;
  @Field(() => OptOutSource) source: OptOutSource;
  @Field(() => String, { description: 'In words.' }) reason: string;
  @Field(() => Date, { description: 'When the person opted out.' }) createdAt: Date;
}

@ObjectType({ description: 'An opt-out in a list.' })
export class OptOutEdge {
  @Field(() => String, { description: 'Give it as `after` for the opt-outs that follow.' }) cursor: string;
  @Field(() => OptOutType) node: OptOutType;
}

@ObjectType({ description: 'A page of opt-outs.' })
export class OptOutConnection {
  @Field(() => [OptOutEdge]) edges: OptOutEdge[];
  @Field(() => [OptOutType]) nodes: OptOutType[];
  @Field(() => PageInfo) pageInfo: PageInfo;

  /** Counts all opt-outs of the list, if it is asked for. Not part of the API. */
  count: () => Promise<number>;
}

@ObjectType({ description: 'A change of the opt-outs of a person. Changes are kept for good.' })
export class OptOutHistoryEntry {
  @Field(() => Date, { description: 'When it happened, by the time of the event.' }) at: Date;
  @Field(() => OptOutDirection) change: OptOutDirection;
  @Field(() => OptOutSource, { description: 'The source of the opt-out that began or was lifted.' })
  source: OptOutSource;
  @Field(() => String, { description: 'In words.' }) reason: string;
}

@ObjectType({ description: 'What became of the phones that were given. Each person is counted once.' })
export class OptOutPayload {
  @Field(() => Int, {
    description: 'optOut: people who had no opt-out of the source MANUAL. optIn: people who were opted out.',
  })
  changed: number;
  @Field(() => Int, { description: 'People for whom nothing changed.' }) unchanged: number;
  @Field(() => [String], { description: 'Phones that cannot be read, as they were given.' })
  invalid: string[];
}
