import { Field, InputType, ObjectType } from 'type-graphql';
import type { UtmFields } from './utm';

@InputType({
  description:
    "Parameters by which the shop's analytics recognise the campaign: each is appended to linkUrl as utm_<name>, percent-encoded, when a person opens a link. One that linkUrl has already is not appended.",
})
export class UtmInput implements UtmFields {
  @Field(() => String, { nullable: true, description: 'At most 200 characters, as all of them.' })
  source?: string | null;
  @Field(() => String, { nullable: true }) medium?: string | null;
  @Field(() => String, { nullable: true }) campaign?: string | null;
  @Field(() => String, { nullable: true }) content?: string | null;
  @Field(() => String, { nullable: true }) term?: string | null;
}

@ObjectType('Utm', { description: 'What is appended to linkUrl: utm_source and so on.' })
export class UtmGraphql implements UtmFields {
  @Field(() => String, { nullable: true }) source?: string | null;
  @Field(() => String, { nullable: true }) medium?: string | null;
  @Field(() => String, { nullable: true }) campaign?: string | null;
  @Field(() => String, { nullable: true }) content?: string | null;
  @Field(() => String, { nullable: true }) term?: string | null;
}
