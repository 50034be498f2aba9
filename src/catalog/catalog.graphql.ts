import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { DecimalScalar, UrlScalar } from '../infra/scalars';
import { TemplateQuality } from './templates/template.entity';

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

// simple resolvers: a list of thousands has hundreds of thousands of fields
@ObjectType('Template', {
  description: 'A message template, as it was last read from WhatsApp.',
  simpleResolvers: true,
})
export class TemplateType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
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
  @Field(() => [TemplateButtonType]) buttons: TemplateButtonType[];
  @Field(() => [Int], {
    description:
      'The quick replies that mean "no more messages", by index: a person who taps one is opted out. Chosen by the texts of the buttons until updateTemplate sets them.',
  })
  optOutButtons: number[];
  @Field(() => String, { nullable: true, description: 'The text, with its variables.' }) bodyText:
    string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'TEXT, IMAGE, VIDEO or DOCUMENT; null if there is no header, or one that campaigns cannot fill.',
  })
  headerFormat: string | null;
  @Field(() => Int, {
    description: 'How many templateParameters a campaign must give; tracked links are not counted.',
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
