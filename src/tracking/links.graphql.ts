import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A tracked link of a campaign, with its clicks.' })
export class CampaignLink {
  @Field(() => Int, { description: 'Its place among the tracked links of the message, from 0.' })
  place: number;
  @Field(() => String, {
    description:
      'The text on its button, with the card in a carousel; "Link" in a message without a template.',
  })
  label: string;
  @Field(() => Int, { description: 'People who opened it; who opens several links counts for each.' })
  people: number;
  @Field(() => Int, { description: 'How often people opened it.' }) clicks: number;
  @Field(() => Int, { description: 'How often previews and other programs opened it.' }) botClicks: number;
}
