import { Field, ID, InputType, Int } from 'type-graphql';
import { RecipientOutcome } from '../../audience/filter/filter';
import { UrlScalar } from '../../infra/scalars';
import { CampaignType } from '../campaign';
import { RecipientStatus } from '../recipient-status';
import type { RecipientFilter } from '../recipients/filter';
import { TemplateValueInput } from '../template-value.graphql';

/** Which recipients of a campaign are meant. Not a type of the schema itself. */
@InputType()
class ChosenRecipientsInput implements RecipientFilter {
  @Field(() => ID) campaignId: string;
  @Field(() => [RecipientOutcome], {
    nullable: true,
    description:
      'With any of these outcomes. At least one of outcome, status and errorCode; all that are given must hold.',
  })
  outcome?: RecipientOutcome[] | null;
  @Field(() => [RecipientStatus], { nullable: true, description: 'With any of these statuses.' })
  status?: RecipientStatus[] | null;
  @Field(() => [Int], {
    nullable: true,
    description: 'Whose message failed for good with any of these codes.',
  })
  errorCode?: number[] | null;
}

@InputType({ description: 'A segment of people of a campaign, as they are now.' })
export class CreateSegmentFromRecipientsInput extends ChosenRecipientsInput {
  @Field(() => String, { description: '1 to 200 characters.' }) name: string;
}

@InputType({
  description:
    'A draft to people of a campaign. What it lacks is added with updateCampaign; Campaign.missing names it.',
})
export class CreateCampaignFromRecipientsInput extends ChosenRecipientsInput {
  @Field(() => String, { description: '1 to 200 characters.' }) campaignName: string;
  @Field(() => CampaignType, { nullable: true, description: 'If it is left out: that of the campaign.' })
  campaignType?: CampaignType | null;
  @Field(() => ID, { nullable: true, description: 'If it is left out: the number of the campaign.' })
  senderId?: string | null;
  @Field(() => ID, { nullable: true, description: 'A template of the library.' }) templateId?: string | null;
  @Field(() => [TemplateValueInput], { nullable: true }) templateValues?: TemplateValueInput[] | null;
  @Field(() => String, { nullable: true, description: 'Free-form text.' }) messageText?: string | null;
  @Field(() => UrlScalar, { nullable: true, description: 'The address that the tracked link redirects to.' })
  linkUrl?: string | null;
}
