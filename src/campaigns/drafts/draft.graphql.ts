import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType('CustomRecipient', { description: 'A person listed in a campaign.' })
export class CustomRecipientType {
  @Field(() => String) name: string;
  @Field(() => String, { description: 'As it was given. Empty if the person was erased.' }) phone: string;
  @Field(() => String, { nullable: true }) email: string | null;
}

@ObjectType({ description: 'How the audience of a campaign has changed since it was last saved.' })
export class CampaignDrift {
  @Field(() => Int, { description: 'People to send to, as counted when the audience was saved or fixed.' })
  previewed: number;
  @Field(() => Int, {
    description:
      'People to send to, counted now: about a second for each million contacts of the business. Of a fixed audience: how many there would be if it was fixed now.',
  })
  now: number;
}
