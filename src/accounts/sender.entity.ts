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
import type { TroubleTopic } from '../whatsapp/account-events';
import { Business } from './business.entity';
import { MarketingApi } from './marketing-api';
import type { Restriction } from './restrictions';
import { QualityRating, SenderStatus, SenderThroughput } from './sender-words';

/** A WhatsApp number of a business, with the credentials to send from it. */
@Entity('senders')
@Index('senders_business_phone_number', ['businessId', 'phoneNumberId'], { unique: true })
@Index('senders_phone_number', ['phoneNumberId'])
@Index('senders_health_due', ['healthDueAt'])
@Index('senders_account', ['wabaId'])
@Index('senders_restricted', ['id'], { where: `(restrictions <> '[]'::jsonb)` })
@Index('senders_send_error', ['id'], { where: '(send_error IS NOT NULL)' })
@Check('senders_marketing_api_check', `marketing_api IN ('AUTO', 'CLOUD_API', 'MARKETING_MESSAGES')`)
@Check('senders_messages_per_second_check', 'messages_per_second BETWEEN 1 AND 1000')
@Check('senders_messaging_limit_check', 'messaging_limit > 0')
export class Sender {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'senders_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text', { name: 'phone_number_id' }) phoneNumberId: string;
  @Column('text', { name: 'waba_id' }) wabaId: string;
  @Column('text', { name: 'display_phone_number' }) displayPhoneNumber: string;
  /** Ciphertext (accounts/secrets.ts); no resolver returns it. */
  @Column('text', { name: 'access_token_encrypted' }) accessTokenEncrypted: string;
  @Column('integer', { name: 'messages_per_second', default: 10 }) messagesPerSecond: number;
  @Column('text', { name: 'marketing_api', default: MarketingApi.AUTO }) marketingApi: MarketingApi;
  /** WhatsApp's word for the account's use of the Marketing Messages API; null: unknown. */
  @Column('text', { name: 'marketing_onboarding', nullable: true }) marketingOnboarding: string | null;
  @Column('timestamptz', { name: 'marketing_onboarding_read_at', nullable: true })
  marketingOnboardingReadAt: Date | null;
  /** People whom it may write to in 24 hours outside a service window; null: unknown or unlimited. See messaging-limit.ts. */
  @Column('integer', { name: 'messaging_limit', nullable: true }) messagingLimit: number | null;
  @Column('timestamptz', { name: 'messaging_limit_read_at', nullable: true })
  messagingLimitReadAt: Date | null;
  /** WhatsApp's word for the number alone; with the account's restrictions see health.ts. */
  @Column('text', { default: SenderStatus.UNKNOWN }) status: SenderStatus;
  @Column('text', { name: 'quality_rating', default: QualityRating.UNKNOWN }) qualityRating: QualityRating;
  @Column('text', { default: SenderThroughput.UNKNOWN }) throughput: SenderThroughput;
  /** In WhatsApp's own spelling, digits only; null: not read yet. */
  @Column('text', { name: 'whatsapp_number', nullable: true }) whatsappNumber: string | null;
  /** The name that people see, as WhatsApp approved it. */
  @Column('text', { name: 'verified_name', nullable: true }) verifiedName: string | null;
  /** Since when WhatsApp has said CONNECTED, as far as we saw; null: it does not. */
  @Column('timestamptz', { name: 'connected_at', nullable: true }) connectedAt: Date | null;
  /** When the first webhook about the number or its account came. */
  @Column('timestamptz', { name: 'webhook_heard_at', nullable: true }) webhookHeardAt: Date | null;
  /** When a webhook about it was refused because of a wrong signature; null: none since the last one with a right signature. */
  @Column('timestamptz', { name: 'webhook_refused_at', nullable: true }) webhookRefusedAt: Date | null;
  /** When Meta asked with a wrong verify word, before the first webhook; null: never, or the right one has come since. */
  @Column('timestamptz', { name: 'verification_refused_at', nullable: true })
  verificationRefusedAt: Date | null;
  @Column('jsonb', { default: [] }) restrictions: Restriction[];
  /** Why the last reading failed, in words. */
  @Column('text', { name: 'read_error', nullable: true }) readError: string | null;
  /** Why WhatsApp refused the last message, when the reason is the number or its account, in words. See send-errors.ts. */
  @Column('text', { name: 'send_error', nullable: true }) sendError: string | null;
  @Column('timestamptz', { name: 'send_error_at', nullable: true }) sendErrorAt: Date | null;
  /** The last trouble that a webhook told, in words. */
  @Column('text', { name: 'account_error', nullable: true }) accountError: string | null;
  @Column('text', { name: 'account_error_topic', nullable: true }) accountErrorTopic: TroubleTopic | null;
  /** When WhatsApp accepted the last test message. */
  @Column('timestamptz', { name: 'test_accepted_at', nullable: true }) testAcceptedAt: Date | null;
  /** The last news that is no trouble. */
  @Column('text', { nullable: true }) notice: string | null;
  @Column('timestamptz', { name: 'health_read_at', nullable: true }) healthReadAt: Date | null;
  @Column('timestamptz', { name: 'health_due_at', default: () => 'now()' }) healthDueAt: Date;
  /** The times of the latest webhook of each kind, by WhatsApp's clock; `accountAt`: of restrictions and their end. */
  @Column('timestamptz', { name: 'account_at', nullable: true }) accountAt: Date | null;
  @Column('timestamptz', { name: 'trouble_at', nullable: true }) troubleAt: Date | null;
  @Column('timestamptz', { name: 'notice_at', nullable: true }) noticeAt: Date | null;
  @Column('timestamptz', { name: 'quality_at', nullable: true }) qualityAt: Date | null;
  @Column('timestamptz', { name: 'limit_at', nullable: true }) limitAt: Date | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}
