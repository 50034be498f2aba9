import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { TemplateQuality } from './templates/template.entity';
import { VariableKind } from './templates/variables';

registerEnumType(TemplateQuality, {
  name: 'TemplateQuality',
  description: "WhatsApp's rating of a template, by how often people block or report it.",
});

@ObjectType('TemplateButton', { description: 'A button of a template.', simpleResolvers: true })
export class TemplateButtonType {
  @Field(() => Int, { description: 'Position in the list of buttons, from 0.' }) index: number;
  @Field(() => String, {
    description: 'QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, …; empty if WhatsApp gave none.',
  })
  type: string;
  @Field(() => String, { nullable: true, description: 'The text on the button.' }) text: string | undefined;
  @Field(() => String, { nullable: true, description: 'For URL; {{1}} is filled for each person.' }) url:
    string | undefined;
  @Field(() => String, { nullable: true, description: 'For PHONE_NUMBER.' }) phoneNumber: string | undefined;
}

registerEnumType(VariableKind, {
  name: 'VariableKind',
  description: 'What a campaign gives for a variable of a template.',
  valuesConfig: {
    TEXT: { description: 'A text, with placeholders.' },
    IMAGE: { description: 'An image in the header.' },
    VIDEO: { description: 'A video in the header.' },
    DOCUMENT: { description: 'A document in the header, with its file name.' },
    GIF: { description: 'A short mp4 in the header that is played as an animation.' },
    LOCATION: { description: 'A place in the header.' },
    COUPON: { description: 'The code that a button copies, with placeholders.' },
    URL_SUFFIX: { description: "The end of a button's address, with placeholders." },
    EXPIRES_AT: { description: 'When the offer ends, in ISO 8601 with the zone.' },
    PRODUCT: { description: "A product of the account's WhatsApp catalogue." },
    PRODUCTS: { description: "Products of the account's WhatsApp catalogue, in sections." },
    FLOW: { description: 'The token that comes back with the answers of a flow, with placeholders.' },
  },
});

@ObjectType('TemplateVariable', {
  description: 'A value that a campaign gives a template.',
  simpleResolvers: true,
})
export class TemplateVariableType {
  @Field(() => String, {
    description:
      'Where the value goes, e.g. header, header.1, body.1, body.first_name, button.0, offer.expiresAt, card.1.header, card.1.body.1, card.1.button.0. Buttons count from 0, cards from 1.',
  })
  key: string;
  @Field(() => VariableKind) kind: VariableKind;
  @Field(() => String, { description: 'For a form; different for each variable of a template.' })
  label: string;
  @Field(() => String, {
    nullable: true,
    description: 'What stood there when WhatsApp approved the template; null if WhatsApp does not tell.',
  })
  example: string | null;
  @Field(() => Boolean, { description: 'Whether a campaign must give the value.' }) required: boolean;
}

// simple resolvers: a list of thousands has hundreds of thousands of fields
@ObjectType('Template', {
  description: 'A message template, as it was last read from WhatsApp.',
  simpleResolvers: true,
})
export class TemplateType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String, {
    description:
      "Meta's id of the WhatsApp Business Account that owns the template: a sender of this account can send it.",
  })
  wabaId: string;
  @Field(() => String) name: string;
  @Field(() => String, { description: "WhatsApp's language code, e.g. en or hi." }) language: string;
  @Field(() => String, { description: 'MARKETING, UTILITY or AUTHENTICATION.' }) category: string;
  @Field(() => String, { description: 'Only an APPROVED template can be sent.' }) status: string;
  @Field(() => Boolean, { description: 'Whether campaigns can use the template.' }) sendable: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Why the template cannot be sent, with the name of the component; null if it can be sent.',
  })
  notSendable: string | null;
  @Field(() => TemplateQuality, { nullable: true, description: 'Null if WhatsApp gave none.' })
  quality: TemplateQuality | null;
  @Field(() => String, { nullable: true, description: 'Why WhatsApp rejected it.' })
  rejectedReason: string | null;
  @Field(() => GraphQLJSON, { description: 'The components as WhatsApp returned them.' }) components: object;
  @Field(() => [TemplateVariableType], {
    description:
      'The values that a campaign gives, in the order header, body, offer, buttons, cards. Tracked links are filled for each person and are not among them.',
  })
  variables: TemplateVariableType[];
  @Field(() => [TemplateButtonType], { description: 'Without those of a carousel.' })
  buttons: TemplateButtonType[];
  @Field(() => [Int], {
    description:
      'The quick replies that mean "no more messages", by index: a person who taps one is opted out. Chosen by the texts of the buttons until updateTemplate sets them. The quick replies on the cards of a carousel are not among them: they opt out by their texts.',
  })
  optOutButtons: number[];
  @Field(() => String, { nullable: true, description: 'The text, with its variables.' }) bodyText:
    string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'TEXT, IMAGE, VIDEO, DOCUMENT, GIF, LOCATION or PRODUCT; null if there is no header, or one that campaigns cannot fill.',
  })
  headerFormat: string | null;
  @Field(() => Int, {
    description:
      'How many templateParameters a campaign must give, or as many templateValues: texts, coupon codes and ends of links; tracked links, media and the cards of a carousel are not counted.',
  })
  parameterCount: number;
  @Field(() => Boolean, {
    description:
      'Whether the template has a button with the address PUBLIC_URL/r/{{1}}, which gets a different link for each person.',
  })
  hasTrackedLink: boolean;
  @Field(() => Date, { description: 'When the template was last read from WhatsApp.' }) syncedAt: Date;
}

@InputType({ description: 'Changes to a template. Fields that are left out are not changed.' })
export class UpdateTemplateInput {
  @Field(() => [Int], {
    nullable: true,
    description:
      'Indexes of the quick replies that mean "no more messages", from 0. An empty list: none. Null: choose by the texts of the buttons again.',
  })
  optOutButtons?: number[] | null;
}
