import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { RecipientStatus, SkippedReason } from './recipient-status';

/** One person of a campaign and what became of the message. Written by delivery/ and tracking/ in sets. */
@Entity('campaign_recipients')
@Index('campaign_recipients_phone', ['campaignId', 'identity'], {
  unique: true,
  where: 'excluded_reason IS NULL',
})
@Index('campaign_recipients_excluded', ['campaignId', 'identity'], { where: 'excluded_reason IS NOT NULL' })
@Index('campaign_recipients_contact', ['campaignId', 'contactId'], { where: 'contact_id IS NOT NULL' })
@Index('campaign_recipients_name', { synchronize: false })
@Index('campaign_recipients_wa_id', ['waId', 'campaignId'], { where: 'wa_id IS NOT NULL' })
@Index('campaign_recipients_user_id', ['userId', 'campaignId'], { where: 'user_id IS NOT NULL' })
@Check('campaign_recipients_contact_kind_check', `contact_kind IN ('LEAD', 'CUSTOMER', 'CUSTOM')`)
@Check(
  'campaign_recipients_excluded_reason_check',
  `excluded_reason IN ('INVALID_PHONE', 'DUPLICATE_PHONE', 'OPTED_OUT', 'UNREACHABLE', 'FREQUENCY_CAPPED', 'NO_OPEN_WINDOW', 'BLOCKED_COUNTRY', 'HOLDOUT')`,
)
@Check(
  'campaign_recipients_skipped_reason_check',
  `skipped_reason IN ('OPTED_OUT', 'CANCELLED', 'DEADLINE', 'DUPLICATE_PHONE')`,
)
@Check('campaign_recipients_status_check', `(status = 'EXCLUDED') = (excluded_reason IS NOT NULL)`)
export class CampaignRecipient {
  @PrimaryColumn('uuid', { name: 'campaign_id', primaryKeyConstraintName: 'campaign_recipients_pkey' })
  campaignId: string;
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'campaign_recipients_pkey' }) seq: number;
  /**
   * What is sent to: E.164, the BSUID of a person without a phone, or the text of the contact when that is no phone number. Of an erased person `erased` and
   * the seq: no two people of a campaign have the same.
   */
  @Column('text') phone: string;
  /**
   * The same for all spellings of one WhatsApp number (`phone_identity`); null when the phone is invalid, and of an erased
   * person.
   */
  @Column('text', { nullable: true }) identity: string | null;
  /** The number in WhatsApp's own form (digits), where the answer to the send named another one than the phone. */
  @Column('text', { name: 'wa_id', nullable: true }) waId: string | null;
  /** WhatsApp's id of the person for the business (BSUID), where the answer to a send to a phone named one. */
  @Column('text', { name: 'user_id', nullable: true }) userId: string | null;
  @Column('text', { default: '' }) name: string;
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { name: 'contact_kind' }) contactKind: string;
  @Column('uuid', { name: 'contact_id', nullable: true }) contactId: string | null;
  @Column('text', { name: 'excluded_reason', nullable: true }) excludedReason: string | null;
  @Column('text') status: RecipientStatus;
  /** Of SKIPPED. */
  @Column('text', { name: 'skipped_reason', nullable: true }) skippedReason: SkippedReason | null;
  @Column('integer', { name: 'claim_no', default: 0 }) claimNo: number;
  @Column('smallint', { default: 0 }) attempts: number;
  @Column('smallint', { name: 'pair_tries', default: 0 }) pairTries: number;
  @Column('text', { nullable: true }) wamid: string | null;
  /** What the answer to the post said of a message that WhatsApp holds back, for as long as it is held. Of SENT only. */
  @Column('text', { name: 'message_status', nullable: true }) messageStatus: string | null;
  @Column('integer', { name: 'error_code', nullable: true }) errorCode: number | null;
  @Column('text', { name: 'error_message', nullable: true }) errorMessage: string | null;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt: Date | null;
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt: Date | null;
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt: Date | null;
  @Column('timestamptz', { name: 'failed_at', nullable: true }) failedAt: Date | null;
  @Column('timestamptz', { name: 'clicked_at', nullable: true }) clickedAt: Date | null;
  @Column('timestamptz', { name: 'converted_at', nullable: true }) convertedAt: Date | null;
  @Column('timestamptz', { name: 'opted_out_at', nullable: true }) optedOutAt: Date | null;
  @Column('timestamptz', { name: 'replied_at', nullable: true }) repliedAt: Date | null;
  @Column('timestamptz', { name: 'skipped_at', nullable: true }) skippedAt: Date | null;
  /** A bit for each link of the message that the person opened, by its place. */
  @Column('integer', { name: 'clicked_links', default: 0 }) clickedLinks: number;
  /** What WhatsApp charges for the messages to the person, by claim; null: nothing is known yet. */
  @Column('jsonb', { nullable: true }) charges: Record<string, [amount: string, currency: string]> | null;
  /** Of a person held out: when an order was counted that the campaign would have been given. */
  @Column('timestamptz', { name: 'holdout_converted_at', nullable: true }) holdoutConvertedAt: Date | null;
}
