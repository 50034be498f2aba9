import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { AudienceType } from '../audience/audience';
import { AudienceFilterInput, CustomRecipientInput } from '../audience/audience.graphql';
import { UrlScalar } from '../infra/scalars';
import { CanaryInput } from './canary.graphql';
import { CampaignStatus, CampaignType, Channel, MediaType, UnconfirmedPolicy } from './campaign';

registerEnumType(CampaignType, { name: 'CampaignType', description: 'What a campaign is for.' });
registerEnumType(Channel, { name: 'Channel', description: 'How a campaign reaches people.' });
registerEnumType(MediaType, { name: 'MediaType', description: 'Kinds of media a message can carry.' });
registerEnumType(CampaignStatus, {
  name: 'CampaignStatus',
  description: 'State of a campaign.',
  valuesConfig: {
    DRAFT: { description: 'Created; nothing is sent yet.' },
    ACTIVE: { description: 'Being sent.' },
    PAUSED: { description: 'Sending has stopped; statusReason says why. resumeCampaign continues it.' },
    COMPLETED: {
      description:
        'Nobody is queued or being sent to any more. Statuses, clicks and orders are still counted.',
    },
    CANCELLED: {
      description: 'Ended before everybody was sent to; the remaining people are counted as skipped.',
    },
  },
});
registerEnumType(UnconfirmedPolicy, {
  name: 'UnconfirmedPolicy',
  description: 'What to do with a message when it is not known whether WhatsApp accepted it.',
  valuesConfig: {
    HOLD: { description: 'Do not send it again automatically: nobody gets it twice.' },
    RESEND: {
      description:
        'Send it again when no status arrives in time: nobody is left out, but a person may get it twice.',
    },
  },
});

@InputType({
  description: 'A new campaign: what is sent, and to whom. Either a template, or free-form text or media.',
})
export class CreateCampaignInput {
  @Field(() => ID) businessId: string;
  @Field(() => String, { description: '1 to 200 characters.' }) campaignName: string;
  @Field(() => CampaignType) campaignType: CampaignType;
  @Field(() => Channel, { defaultValue: Channel.WHATSAPP }) channel: Channel;
  @Field(() => AudienceType) audienceType: AudienceType;
  @Field(() => AudienceFilterInput, { nullable: true, description: 'For LEADS, CUSTOMERS and ALL.' })
  audienceFilter?: AudienceFilterInput | null;
  @Field(() => ID, { nullable: true, description: 'For SEGMENT.' }) segmentId?: string | null;
  @Field(() => [CustomRecipientInput], { nullable: true, description: 'For CUSTOM; at most 10,000.' })
  customRecipients?: CustomRecipientInput[] | null;
  @Field(() => ID, { nullable: true, description: 'A template of the library.' }) templateId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'A template by name; it is looked up at WhatsApp if the library does not have it.',
  })
  whatsappTemplateName?: string | null;
  @Field(() => String, { nullable: true, description: 'Language of the named template, e.g. en or hi.' })
  whatsappTemplateLanguage?: string | null;
  @Field(() => [String], {
    nullable: true,
    description:
      "The template's values in order. {{name}} {{firstName}} {{phone}} {{email}} are replaced per person; {{firstName|there}} gives a fallback.",
  })
  templateParameters?: string[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Free-form text, or the caption of free-form media. Placeholders as in templateParameters, and {{link}}.',
  })
  messageText?: string | null;
  @Field(() => UrlScalar, {
    nullable: true,
    description: 'Image, video or document of the message. It is not fetched when the campaign is created.',
  })
  mediaUrl?: string | null;
  @Field(() => MediaType, {
    nullable: true,
    description: "IMAGE unless the template's header says otherwise.",
  })
  mediaType?: MediaType | null;
  @Field(() => ID, { nullable: true, description: "Use this product's image, unless mediaUrl is given." })
  productId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The number to send from; the business's first if left out.",
  })
  senderId?: string | null;
  @Field(() => UrlScalar, { nullable: true, description: 'Where the tracked link leads.' }) linkUrl?:
    string | null;
  @Field(() => UnconfirmedPolicy, { nullable: true, defaultValue: UnconfirmedPolicy.HOLD })
  onUnconfirmed?: UnconfirmedPolicy | null;
  @Field(() => CanaryInput, {
    nullable: true,
    description:
      'Send to a first slice and check its outcomes before sending to the rest. Left out: everybody is sent to at once.',
  })
  canary?: CanaryInput | null;
}

@ObjectType('Campaign', { description: 'One message to many people.' })
export class CampaignGraphql {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) campaignName: string;
  @Field(() => CampaignType) campaignType: CampaignType;
  @Field(() => Channel) channel: Channel;
  @Field(() => CampaignStatus) status: CampaignStatus;
  @Field(() => String, { nullable: true, description: 'Why it is paused, cancelled or failed, in words.' })
  statusReason: string | null;
  @Field(() => ID) senderId: string;
  @Field(() => AudienceType) audienceType: AudienceType;
  @Field(() => Int, { description: 'Number of people to be sent to.' }) totalRecipients: number;
  @Field(() => ID, { nullable: true }) templateId: string | null;
  @Field(() => String, { nullable: true }) whatsappTemplateName: string | null;
  @Field(() => String, { nullable: true }) whatsappTemplateLanguage: string | null;
  @Field(() => [String]) templateParameters: string[];
  @Field(() => String, { nullable: true }) messageText: string | null;
  @Field(() => UrlScalar, { nullable: true }) mediaUrl: string | null;
  @Field(() => MediaType, { nullable: true }) mediaType: MediaType | null;
  @Field(() => ID, { nullable: true }) productId: string | null;
  @Field(() => UrlScalar, { nullable: true }) linkUrl: string | null;
  @Field(() => UnconfirmedPolicy) onUnconfirmed: UnconfirmedPolicy;
  @Field(() => Date) createdAt: Date;
  @Field(() => Date, { nullable: true }) startedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'When it was completed or cancelled.' })
  completedAt: Date | null;
  @Field(() => Date) updatedAt: Date;
}

@ObjectType({ description: 'A page of campaigns, newest first.' })
export class CampaignPage {
  @Field(() => [CampaignGraphql]) campaigns: CampaignGraphql[];
  @Field(() => Int, { description: 'Number of campaigns on all pages.' }) total: number;
  @Field(() => Int) page: number;
  @Field(() => Int) limit: number;
}
