import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { Lift } from './lift';

@ObjectType({
  description:
    'What the campaign earned beyond what people would have ordered without it: people sent to, compared with people held out by chance (holdoutPercent). Orders of both are found by the same rule.',
})
export class CampaignLift implements Lift {
  @Field(() => Int, { description: 'People held out.' }) holdoutSize: number;
  @Field(() => Int, { description: 'Of them, people who ordered all the same; found by phone.' })
  holdoutConverted: number;
  @Field(() => Int, { description: 'People sent to: sentCount.' }) sentTo: number;
  @Field(() => Int, { description: 'Of them, people who ordered: convertedCount.' }) converted: number;
  @Field(() => Float, { nullable: true, description: 'converted / sentTo in percent, two decimals.' })
  convertedRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'holdoutConverted / holdoutSize in percent, two decimals.',
  })
  holdoutRate: number | null;
  @Field(() => Float, {
    nullable: true,
    description:
      'Orders (people who ordered) that came because of the campaign: the difference of the rates × people sent to. Null before anybody was sent to.',
  })
  incremental: number | null;
  @Field(() => Float, { nullable: true, description: 'The lower end of the interval of incremental.' })
  low: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'The upper end. If 0 is between low and high, the difference may be chance.',
  })
  high: number | null;
  @Field(() => Int, { description: 'Of the interval, in percent.' }) confidence: number;
  @Field(() => String, { description: 'How the interval is computed.' }) method: string;
  @Field(() => String, { description: 'What this says, for people.' }) sentence: string;
}
