import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';

@InputType({ description: 'A new template, in the form in which WhatsApp takes it.' })
export class CreateTemplateInput {
  @Field(() => ID) businessId: string;
  @Field(() => ID, {
    nullable: true,
    description:
      'A number of the WhatsApp account that gets the template; needed when the business has several accounts.',
  })
  senderId?: string | null;
  @Field(() => String, { description: '1 to 512 lower-case letters, digits and _.' }) name: string;
  @Field(() => String, { description: "WhatsApp's language code, e.g. en, en_US or hi." }) language: string;
  @Field(() => String, { description: 'MARKETING or UTILITY. WhatsApp may decide otherwise.' })
  category: string;
  @Field(() => String, {
    nullable: true,
    defaultValue: 'POSITIONAL',
    description: 'POSITIONAL: variables are {{1}}, {{2}} …; NAMED: {{first_name}}.',
  })
  parameterFormat?: string | null;
  @Field(() => GraphQLJSON, {
    description:
      "WhatsApp's list of components: HEADER, BODY, FOOTER, BUTTONS, LIMITED_TIME_OFFER, CAROUSEL. The example of a media header is WhatsApp's handle (example.header_handle), or media kept here: example.mediaId, from POST /media.",
  })
  components: unknown;
}

@ObjectType({
  description: 'Something in the form of a template that WhatsApp would refuse.',
  simpleResolvers: true,
})
export class TemplateProblem {
  @Field(() => String, { description: 'The path of the input, e.g. input.components.1.text.' }) field: string;
  @Field(() => String, { description: 'What is expected there, in words.' }) message: string;
}

@ObjectType({ description: 'The template library of a business as a whole.', simpleResolvers: true })
export class TemplateLibrary {
  @Field(() => Date, {
    nullable: true,
    description:
      'When all templates were last read from WhatsApp, of the account for which that is longest ago; null before the first time.',
  })
  syncedAt: Date | null;
  @Field(() => [String], { description: 'The languages of its templates, for a filter.' })
  languages: string[];
  @Field(() => String, {
    description:
      "The address of a link button that counts clicks: PUBLIC_URL/r/{{1}}. A template with it needs no value there: each person's own link is filled in.",
  })
  trackedUrl: string;
}
