import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

@InputType({ description: 'A message of a campaign for some phones of your own.' })
export class SendTestInput {
  @Field(() => ID) campaignId: string;
  @Field(() => [String], { description: '1 to 10 phones, each once.' }) phones: string[];
  @Field(() => ID, {
    nullable: true,
    description:
      'The contact whose data the message shows. If it is left out, it shows a made-up name and e-mail.',
  })
  asContactId?: string | null;
}

@ObjectType({ description: 'What became of a test message.' })
export class TestMessage {
  @Field(() => String, { description: 'As it was given.' }) phone: string;
  @Field(() => Boolean, { description: 'Whether WhatsApp took the message; it may still fail later.' })
  accepted: boolean;
  @Field(() => Int, {
    nullable: true,
    description: "WhatsApp's code of the error; null if it is accepted, or was not posted.",
  })
  errorCode: number | null;
  @Field(() => String, { nullable: true, description: 'Why it is not accepted, as a sentence.' })
  errorMessage: string | null;
}

@ObjectType({ description: 'What became of the test messages.' })
export class SendTestPayload {
  @Field(() => [TestMessage], { description: 'One for each phone, in the order given.' })
  results: TestMessage[];
}

@InputType({ description: 'A message from a WhatsApp number to a phone of your own.' })
export class SendTestMessageInput {
  @Field(() => ID) senderId: string;
  @Field(() => String, { description: 'In any spelling.' }) phone: string;
}

@ObjectType({ description: 'What became of the test message of a WhatsApp number.' })
export class TestMessagePayload {
  @Field(() => Boolean, { description: 'Whether WhatsApp took the message; it may still fail later.' })
  accepted: boolean;
  @Field(() => Int, {
    nullable: true,
    description: "WhatsApp's code of the error; null if it is accepted, or was not posted.",
  })
  errorCode: number | null;
  @Field(() => String, { nullable: true, description: 'Why it is not accepted, as a sentence.' })
  errorMessage: string | null;
  @Field(() => String, { description: 'The template that was sent.' }) templateName: string;
  @Field(() => String) templateLanguage: string;
}
