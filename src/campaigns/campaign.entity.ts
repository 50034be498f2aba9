import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../accounts/business.entity';
import { Sender } from '../accounts/sender.entity';
import type { AudienceType, CustomRecipient } from '../audience/audience';
import type { AudienceFilter } from '../audience/filter/filter';
import { Segment } from '../audience/segments/segment.entity';
import { Media } from '../catalog/media/media.entity';
import { Product } from '../catalog/products/product.entity';
import { Template } from '../catalog/templates/template.entity';
import type { TemplateValues } from '../catalog/templates/template-value';
import type { Schedule } from './schedule/schedule';
import type {
  CampaignStatus,
  CampaignType,
  Canary,
  CanaryState,
  Channel,
  MediaType,
  UnconfirmedPolicy,
} from './campaign';
import type { Amounts, CounterFields } from './counters';
import { decimalText } from './forecast/money';
import type { GivenContent } from './given-content';
import type { Utm } from './utm';

/** A campaign: what is sent, to whom, and how far it is. Only delivery/settle changes the counters. */
@Entity('campaigns')
@Index('campaigns_business_created', { synchronize: false })
@Index('campaigns_link_id', ['linkId'], { unique: true })
@Index('campaigns_segment', ['segmentId'], { where: 'segment_id IS NOT NULL' })
@Index('campaigns_parent', ['parentCampaignId', 'createdAt'], { where: 'parent_campaign_id IS NOT NULL' })
@Index('campaigns_product', ['productId'], { where: 'product_id IS NOT NULL' })
@Index('campaigns_active', ['id'], { where: `status = 'ACTIVE'` })
@Index('campaigns_idempotency_key', ['businessId', 'idempotencyKey'], {
  unique: true,
  where: 'idempotency_key IS NOT NULL',
})
@Index('campaigns_running_template', ['templateId'], {
  where: `status = 'ACTIVE'`,
})
@Index('campaigns_due', ['dueAt'], { where: `status = 'SCHEDULED'` })
@Index('campaigns_deadline', ['deadlineAt'], {
  where: `deadline_at IS NOT NULL AND status IN ('ACTIVE', 'PAUSED')`,
})
@Check(
  'campaigns_campaign_type_check',
  `campaign_type IN ('PROMOTIONAL', 'ANNOUNCEMENT', 'TRANSACTIONAL', 'REMINDER', 'FEEDBACK')`,
)
@Check('campaigns_replied_count_check', 'replied_count >= 0')
@Check('campaigns_channel_check', `channel IN ('WHATSAPP')`)
@Check(
  'campaigns_status_check',
  `status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED', 'FAILED')`,
)
@Check('campaigns_media_type_check', `media_type IN ('IMAGE', 'VIDEO', 'DOCUMENT')`)
@Check('campaigns_audience_type_check', `audience_type IN ('ALL', 'LEADS', 'CUSTOMERS', 'SEGMENT', 'CUSTOM')`)
@Check('campaigns_canary_state_check', `canary_state IN ('WAITING', 'PASSED', 'STOPPED', 'OVERRULED')`)
@Check('campaigns_max_cost_check', 'max_cost > 0')
@Check('campaigns_holdout_percent_check', 'holdout_percent BETWEEN 0 AND 90')
@Check('campaigns_earned_not_negative', 'clicks >= 0 AND bot_clicks >= 0')
@Check('campaigns_on_unconfirmed_check', `on_unconfirmed IN ('HOLD', 'RESEND')`)
@Check('campaigns_held_count_check', 'held_count >= 0')
@Check('campaigns_counts_not_negative', 'total_recipients >= 0 AND queued_count >= 0')
@Check(
  'campaigns_counts_add_up',
  'queued_count + unconfirmed_count + sent_count + failed_count + skipped_count = total_recipients',
)
export class Campaign implements CounterFields {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'campaigns_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text', { name: 'campaign_name' }) campaignName: string;
  @Column('text', { name: 'campaign_type' }) campaignType: CampaignType;
  @Column('text') channel: Channel;
  @Column('text', { default: 'DRAFT' }) status: CampaignStatus;
  @Column('text', { name: 'status_reason', nullable: true }) statusReason: string | null;
  /** Of a draft: it may lack what a campaign needs before it can be sent, see drafts/needs.ts. */
  @Column('boolean', { default: false }) incomplete: boolean;
  @Column('text', { name: 'idempotency_key', nullable: true }) idempotencyKey: string | null;
  @ManyToOne(() => Sender)
  @JoinColumn({ name: 'sender_id', foreignKeyConstraintName: 'campaigns_sender_fk' })
  sender?: Relation<Sender>;
  @Column('uuid', { name: 'sender_id' }) senderId: string;

  @ManyToOne(() => Template)
  @JoinColumn({ name: 'template_id', foreignKeyConstraintName: 'campaigns_template_fk' })
  template?: Relation<Template>;
  @Column('uuid', { name: 'template_id', nullable: true }) templateId: string | null;
  @Column('text', { name: 'whatsapp_template_name', nullable: true }) whatsappTemplateName: string | null;
  @Column('text', { name: 'whatsapp_template_language', nullable: true }) whatsappTemplateLanguage:
    string | null;
  @Column('text', { name: 'template_parameters', array: true, default: () => `'{}'` })
  templateParameters: string[];
  /** All that the message gives its template, by the keys of its variables; the guide's fields beside it say the same. */
  @Column('jsonb', { name: 'template_values', default: {} }) templateValues: TemplateValues;
  @Column('text', { name: 'message_text', nullable: true }) messageText: string | null;
  @Column('text', { name: 'media_url', nullable: true }) mediaUrl: string | null;
  @ManyToOne(() => Media)
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'campaigns_media_fk' })
  media?: Relation<Media>;
  @Column('uuid', { name: 'media_id', nullable: true }) mediaId: string | null;
  /** What was found at the addresses of the media: the id of the media kept here; null if it goes by link. */
  @Column('jsonb', { name: 'fetched_media', default: {} }) fetchedMedia: Record<string, string | null>;
  /** What people should know of the campaign, in sentences. */
  @Column('text', { array: true, default: () => `'{}'` }) notices: string[];
  @Column('text', { name: 'media_type', nullable: true }) mediaType: MediaType | null;
  @ManyToOne(() => Product)
  @JoinColumn({ name: 'product_id', foreignKeyConstraintName: 'campaigns_product_fk' })
  product?: Relation<Product>;
  @Column('uuid', { name: 'product_id', nullable: true }) productId: string | null;
  @Column('text', { name: 'link_url', nullable: true }) linkUrl: string | null;
  /** What is appended to `linkUrl`; null: nothing. */
  @Column('jsonb', { nullable: true }) utm: Utm | null;
  /** The fields of the input that say what is sent, as given; the columns above follow from them. Null: see drafts/fields.ts. */
  @Column('jsonb', { name: 'given_content', nullable: true }) givenContent: GivenContent | null;
  /** Finds the campaign of a click token; see campaigns/link.ts. */
  @Column('bytea', { name: 'link_id' }) linkId: Buffer;
  @Column('bytea', { name: 'link_key' }) linkKey: Buffer;

  @Column('text', { name: 'audience_type' }) audienceType: AudienceType;
  @Column('jsonb', { name: 'audience_filter', default: {} }) audienceFilter: AudienceFilter;
  /** Contacts to leave out; null: none. */
  @Column('jsonb', { name: 'exclude_filter', nullable: true }) excludeFilter: AudienceFilter | null;
  @ManyToOne(() => Segment, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'segment_id', foreignKeyConstraintName: 'campaigns_segment_fk' })
  segment?: Relation<Segment>;
  @Column('uuid', { name: 'segment_id', nullable: true }) segmentId: string | null;
  /** Up to 10,000 people, so not selected by default; AudienceService.stored reads them. */
  @Column('jsonb', { name: 'custom_recipients', nullable: true, select: false }) customRecipients:
    CustomRecipient[] | null;
  /** When the recipients of a draft were stored, before the start; null: they are selected at the start. */
  @Column('timestamptz', { name: 'audience_fixed_at', nullable: true }) audienceFixedAt: Date | null;
  /** Percent of the people who could be sent to that are not, to measure what the campaign earns; 0: none. */
  @Column('numeric', { name: 'holdout_percent', precision: 5, scale: 2, default: 0 }) holdoutPercent: string;
  @Column('text', { name: 'on_unconfirmed', default: 'HOLD' }) onUnconfirmed: UnconfirmedPolicy;

  /** The most that it may cost, in the currency of the rate card; null: no limit. See delivery/spending.ts. */
  @Column('numeric', {
    name: 'max_cost',
    precision: 18,
    scale: 6,
    nullable: true,
    // PostgreSQL gives all six decimals
    transformer: {
      to: (written: string | null) => written,
      from: (read: string | null) => (read === null ? null : decimalText(read)),
    },
  })
  maxCost: string | null;

  @Column('jsonb', { nullable: true }) canary: Canary | null;
  /** Number of people in the canary (seq 1…n); null when there is none. */
  @Column('integer', { name: 'canary_size', nullable: true }) canarySize: number | null;
  @Column('text', { name: 'canary_state', nullable: true }) canaryState: CanaryState | null;

  /** As it was set; kept after the start. Null: it does not start by itself. */
  @Column('jsonb', { nullable: true }) schedule: Schedule | null;
  /** When a SCHEDULED campaign is looked at next, at the latest when it is to start. */
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt: Date | null;
  /** After this time no message is sent. */
  @Column('timestamptz', { name: 'deadline_at', nullable: true }) deadlineAt: Date | null;

  /** Rises with every change of the counters or the status; subscribers get states in this order. */
  @Column('integer', { default: 1 }) version: number;
  @Column('integer', { name: 'total_recipients', default: 0 }) totalRecipients: number;
  @Column('integer', { name: 'queued_count', default: 0 }) queuedCount: number;
  @Column('integer', { name: 'sent_count', default: 0 }) sentCount: number;
  @Column('integer', { name: 'delivered_count', default: 0 }) deliveredCount: number;
  @Column('integer', { name: 'read_count', default: 0 }) readCount: number;
  @Column('integer', { name: 'failed_count', default: 0 }) failedCount: number;
  @Column('integer', { name: 'skipped_count', default: 0 }) skippedCount: number;
  @Column('integer', { name: 'unconfirmed_count', default: 0 }) unconfirmedCount: number;
  @Column('integer', { name: 'held_count', default: 0 }) heldCount: number;
  @Column('integer', { name: 'excluded_count', default: 0 }) excludedCount: number;
  @Column('integer', { name: 'clicked_count', default: 0 }) clickedCount: number;
  @Column('integer', { name: 'converted_count', default: 0 }) convertedCount: number;
  @Column('integer', { name: 'replied_count', default: 0 }) repliedCount: number;
  @Column('integer', { name: 'opted_out_count', default: 0 }) optedOutCount: number;
  @Column('integer', { default: 0 }) clicks: number;
  @Column('integer', { name: 'bot_clicks', default: 0 }) botClicks: number;
  @Column('jsonb', { default: {} }) revenue: Amounts;
  @Column('jsonb', { default: {} }) cost: Amounts;
  /** People held out, and those of them who ordered all the same. */
  @Column('integer', { name: 'holdout_size', default: 0 }) holdoutSize: number;
  @Column('integer', { name: 'holdout_converted', default: 0 }) holdoutConverted: number;

  @ManyToOne(() => Campaign, { onDelete: 'SET NULL' })
  @JoinColumn({ name: 'parent_campaign_id', foreignKeyConstraintName: 'campaigns_parent_fk' })
  parent?: Relation<Campaign>;
  /** The campaign whose recipients this one goes to. */
  @Column('uuid', { name: 'parent_campaign_id', nullable: true }) parentCampaignId: string | null;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt: Date | null;
  @Column('timestamptz', { name: 'materialised_at', nullable: true }) materialisedAt: Date | null;
  /** When it last became active. Refusals of messages prepared before then do not pause it again. */
  @Column('timestamptz', { name: 'resumed_at', nullable: true }) resumedAt: Date | null;
  /** WhatsApp refused the template on /messages, or on /marketing_messages; counts if later than `resumedAt`. */
  @Column('timestamptz', { name: 'cloud_api_refused_at', nullable: true }) cloudApiRefusedAt: Date | null;
  @Column('timestamptz', { name: 'marketing_refused_at', nullable: true }) marketingRefusedAt: Date | null;
  /** Until then WhatsApp prepares the template for /marketing_messages. */
  @Column('timestamptz', { name: 'marketing_ready_at', nullable: true }) marketingReadyAt: Date | null;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt: Date | null;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}
