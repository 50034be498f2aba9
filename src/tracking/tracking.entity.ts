import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../accounts/business.entity';

/** One opening of a tracked link. The id of a person's is what the shop gets as `dakiya_click`. */
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
  /** Place of the link in the message, from 0. */
  @Column('smallint', { default: 0 }) link: number;
  /** A preview, a crawler or another program. */
  @Column('boolean', { default: false }) bot: boolean;
}

/** An order that a shop reported, or a refund of one; attributed to a campaign's recipient when one is found. */
@Entity('conversions')
@Index('conversions_business_order', ['businessId', 'orderId'], { unique: true })
@Index('conversions_campaign', ['campaignId', 'seq'])
@Index('conversions_refunds', ['businessId', 'refundOf'], { where: 'refund_of IS NOT NULL' })
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
  /** The order whose money this gives back; null: this is an order. */
  @Column('text', { name: 'refund_of', nullable: true }) refundOf: string | null;
  /** The held-out person whose order this is. */
  @Column('uuid', { name: 'holdout_campaign_id', nullable: true }) holdoutCampaignId: string | null;
  @Column('integer', { name: 'holdout_seq', nullable: true }) holdoutSeq: number | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt: Date;
}
