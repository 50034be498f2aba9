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
import { Business } from './business.entity';
import { MarketingApi } from './marketing-api';

/** A WhatsApp number of a business, with the credentials to send from it. */
@Entity('senders')
@Index('senders_business_phone_number', ['businessId', 'phoneNumberId'], { unique: true })
@Index('senders_phone_number', ['phoneNumberId'])
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
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}
