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
