import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../accounts/business.entity';

/** One opening of a tracked link by a person. Its id is what the shop gets as `dakiya_click`. */
@Entity('clicks')
@Index('clicks_campaign', ['campaignId', 'seq'])
export class Click {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'clicks_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('uuid', { name: 'campaign_id' }) campaignId: string;
  @Column('integer') seq: number;
  @Column('timestamptz', { name: 'clicked_at', default: () => 'now()' }) clickedAt: Date;
}

/** An order that a shop reported; attributed to a campaign's recipient when one is found. */
@Entity('conversions')
@Index('conversions_business_order', ['businessId', 'orderId'], { unique: true })
@Index('conversions_campaign', ['campaignId', 'seq'])
@Check('conversions_value_check', 'value >= 0')
@Check('conversions_currency_check', `currency ~ '^[A-Z]{3}$'`)
export class Conversion {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'conversions_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text', { name: 'order_id' }) orderId: string;
  @Column('uuid', { name: 'campaign_id', nullable: true }) campaignId: string | null;
  @Column('integer', { nullable: true }) seq: number | null;
  @Column('uuid', { name: 'click_id', nullable: true }) clickId: string | null;
  @Column('text', { nullable: true }) phone: string | null;
  @Column('numeric', { precision: 14, scale: 2, nullable: true }) value: string | null;
  @Column('text', { nullable: true }) currency: string | null;
  @Column('timestamptz', { name: 'occurred_at' }) occurredAt: Date;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}
