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
import { Business } from '../../accounts/business.entity';

/** What leads and customers have in common. */
abstract class Contact {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text', { default: '' }) name: string;
  /** As the business wrote it. */
  @Column('text', { default: '' }) phone: string;
  /** Normalised on write; null when `phone` is not a phone number. */
  @Column('text', { name: 'phone_e164', nullable: true }) phoneE164: string | null;
  /**
   * The same for all spellings of one WhatsApp number; the BSUID of a person without a phone. Derived by the database from
   * `phoneE164` (`phone_identity`) and `bsuid`.
   */
  @Column({ type: 'text', nullable: true, insert: false, update: false }) identity: string | null;
  @Column('text', { nullable: true }) email: string | null;
  @Column('text', { array: true, default: () => `'{}'` }) tags: string[];
  /** What the business keeps of the person besides, by name. */
  @Column('jsonb', { default: {} }) attributes: Record<string, unknown>;
  /** The person's id in the business's own system; unique in a kind of contact. */
  @Column('text', { name: 'external_id', nullable: true }) externalId: string | null;
  /** WhatsApp's id of a person for this business, known of people who hide their number. */
  @Column('text', { nullable: true }) bsuid: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}

/** Somebody who may become a customer. */
@Entity('leads')
@Index('leads_business_identity', ['businessId', 'identity'])
@Index('leads_business_external_id', { synchronize: false })
@Index('leads_business_created', ['businessId', 'createdAt', 'id'])
@Index('leads_business_name', { synchronize: false })
@Index('leads_business_email', { synchronize: false })
@Index('leads_business_bsuid', { synchronize: false })
@Check('leads_status_check', `status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED', 'LOST')`)
@Check('leads_quality_check', `quality IN ('HOT', 'WARM', 'COLD')`)
export class Lead extends Contact {
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'leads_business_fk' })
  business?: Relation<Business>;
  @Column('text', { default: 'NEW' }) status: string;
  @Column('text', { nullable: true }) quality: string | null;
  @Column('text', { nullable: true }) city: string | null;
  @Column('text', { nullable: true }) state: string | null;
  @Column('text', { name: 'assigned_user_id', nullable: true }) assignedUserId: string | null;
}

/** Somebody who bought. */
@Entity('customers')
@Index('customers_business_identity', ['businessId', 'identity'])
@Index('customers_business_external_id', { synchronize: false })
@Index('customers_business_created', ['businessId', 'createdAt', 'id'])
@Index('customers_business_name', { synchronize: false })
@Index('customers_business_email', { synchronize: false })
@Index('customers_business_bsuid', { synchronize: false })
@Check('customers_engagement_score_check', 'engagement_score >= 0')
@Check('customers_total_spent_check', 'total_spent >= 0')
@Check('customers_total_orders_check', 'total_orders >= 0')
export class Customer extends Contact {
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'customers_business_fk' })
  business?: Relation<Business>;
  @Column('integer', { name: 'engagement_score', default: 0 }) engagementScore: number;
  /** In the business's currency; a decimal string. */
  @Column('numeric', { name: 'total_spent', precision: 14, scale: 2, default: 0 }) totalSpent: string;
  @Column('integer', { name: 'total_orders', default: 0 }) totalOrders: number;
  @Column('timestamptz', { name: 'last_order_at', nullable: true }) lastOrderAt: Date | null;
}
