import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { DecimalScalar, UrlScalar } from '../infra/scalars';
import { TemplateQuality } from './templates/template.entity';

registerEnumType(TemplateQuality, {
  name: 'TemplateQuality',
  description: "WhatsApp's rating of a template by people's blocks and reports.",
});

@ObjectType('TemplateButton', { description: 'A button of a template.', simpleResolvers: true })
export class TemplateButtonType {
  @Field(() => Int, { description: 'Place in the list of buttons, from 0.' }) index: number;
  @Field(() => String, {
    description: 'QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, …; empty when WhatsApp gave none.',
  })
  type: string;
  @Field(() => String, { nullable: true, description: 'What people see.' }) text: string | undefined;
  @Field(() => String, { nullable: true, description: 'For URL; {{1}} is filled for each person.' }) url:
    string | undefined;
  @Field(() => String, { nullable: true, description: 'For PHONE_NUMBER.' }) phoneNumber: string | undefined;
}

// simple resolvers: a list of thousands has hundreds of thousands of fields
@ObjectType('Template', {
  description: 'A message template as WhatsApp last described it.',
  simpleResolvers: true,
})
export class TemplateType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => String, { description: "WhatsApp's language code, e.g. en or hi." }) language: string;
  @Field(() => String, { description: 'MARKETING, UTILITY or AUTHENTICATION.' }) category: string;
  @Field(() => String, { description: 'Only an APPROVED template can be sent.' }) status: string;
  @Field(() => Boolean, { description: 'Whether a campaign can be created with it.' }) sendable: boolean;
  @Field(() => String, {
    nullable: true,
    description: 'Why it cannot be sent, in words that name the component; null when it can.',
  })
  notSendable: string | null;
  @Field(() => TemplateQuality, { nullable: true, description: 'Null when WhatsApp gave none.' })
  quality: TemplateQuality | null;
  @Field(() => String, { nullable: true, description: 'Why WhatsApp rejected it.' })
  rejectedReason: string | null;
  @Field(() => GraphQLJSON, { description: 'Its components as WhatsApp described them.' }) components: object;
  @Field(() => [TemplateButtonType]) buttons: TemplateButtonType[];
  @Field(() => [Int], {
    description:
      'The quick replies that mean "no more messages": a tap opts the person out. What the words of the buttons suggest, until updateTemplate sets them.',
  })
  optOutButtons: number[];
  @Field(() => String, { nullable: true, description: 'The text, with its variables.' }) bodyText:
    string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'TEXT, IMAGE, VIDEO or DOCUMENT; null without a header, or with one that campaigns cannot fill.',
  })
  headerFormat: string | null;
  @Field(() => Int, {
    description: 'How many templateParameters a campaign must give; tracked buttons are not among them.',
  })
  parameterCount: number;
  @Field(() => Boolean, {
    description: 'Whether it has a button PUBLIC_URL/r/{{1}}, which is filled with a link for each person.',
  })
  hasTrackedLink: boolean;
  @Field(() => Date, { description: 'When WhatsApp last described it.' }) syncedAt: Date;
}

@InputType({ description: 'Changes to a template; what is left out stays.' })
export class UpdateTemplateInput {
  @Field(() => [Int], {
    nullable: true,
    description:
      'Places of the quick replies that mean "no more messages", from 0; an empty list for none, null to go back to the suggestion.',
  })
  optOutButtons?: number[] | null;
}

@ObjectType('Product', { description: 'A product. A campaign can use its image.' })
export class ProductType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true }) imageUrl: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217.' }) currency: string | null;
}

@InputType({ description: 'A new product.' })
export class CreateProductInput {
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true }) imageUrl?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, e.g. INR.' }) currency?: string | null;
}
