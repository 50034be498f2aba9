import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ExclusionReason } from '../../audience/audience';
import { PageInfo } from '../../infra/pagination';
import { RecipientStatus } from '../recipient-status';

registerEnumType(RecipientStatus, {
  name: 'RecipientStatus',
  description: 'How far the message to one person of a campaign is.',
  valuesConfig: {
    QUEUED: { description: 'Waits to be sent, for the first time or again.' },
    SENDING: { description: 'Is being sent.' },
    UNCONFIRMED: { description: 'Was posted, and WhatsApp has not said whether it accepted it.' },
    SENT: { description: 'WhatsApp accepted it.' },
    DELIVERED: { description: 'Arrived.' },
    READ: { description: 'Was read.' },
    FAILED: { description: 'Was refused for good; see the error.' },
    SKIPPED: {
      description:
        'Was not sent in the end: the person opted out, the campaign was cancelled, or its deadline passed.',
    },
    EXCLUDED: { description: 'The person was left out beforehand; see the reason.' },
  },
});

@ObjectType({ description: 'A campaign that a contact is in, and what became of its message.' })
export class ContactCampaign {
  @Field(() => ID) campaignId: string;
  @Field(() => String) campaignName: string;
  @Field(() => RecipientStatus) status: RecipientStatus;
  @Field(() => ExclusionReason, { nullable: true, description: 'Of EXCLUDED.' })
  excludedReason: ExclusionReason | null;
  @Field(() => Int, { nullable: true, description: "WhatsApp's code of the latest error." }) errorCode:
    number | null;
  @Field(() => String, { nullable: true, description: 'The latest error in words.' }) errorText:
    string | null;
  @Field(() => Date, { nullable: true }) sentAt: Date | null;
  @Field(() => Date, { nullable: true }) deliveredAt: Date | null;
  @Field(() => Date, { nullable: true }) readAt: Date | null;
  @Field(() => Date, { nullable: true }) failedAt: Date | null;
  @Field(() => Date, { nullable: true }) clickedAt: Date | null;
  @Field(() => Date, { nullable: true }) convertedAt: Date | null;
  @Field(() => Date, { nullable: true }) optedOutAt: Date | null;
}

@ObjectType({ description: 'A campaign of a contact in a list.' })
export class ContactCampaignEdge {
  @Field(() => String, { description: 'Give it as `after` for the campaigns that follow.' }) cursor: string;
  @Field(() => ContactCampaign) node: ContactCampaign;
}

@ObjectType({ description: 'A page of campaigns of a contact.' })
export class ContactCampaignConnection {
  @Field(() => [ContactCampaignEdge]) edges: ContactCampaignEdge[];
  @Field(() => [ContactCampaign]) nodes: ContactCampaign[];
  @Field(() => PageInfo) pageInfo: PageInfo;
}
