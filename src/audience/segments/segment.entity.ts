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
import type { AudienceFilter } from '../filter/filter';

/** A saved audience: a kind of contact and a filter, evaluated when it is used; or fixed people (segment_members). */
@Entity('segments')
@Index('segments_business_name', ['businessId', 'name'], { unique: true })
@Check('segments_audience_type_check', `audience_type IN ('ALL', 'LEADS', 'CUSTOMERS')`)
export class Segment {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'segments_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text') name: string;
  @Column('text', { name: 'audience_type' }) audienceType: 'ALL' | 'LEADS' | 'CUSTOMERS';
  @Column('jsonb', { name: 'audience_filter', default: {} }) audienceFilter: AudienceFilter;
  /** The people are those of segment_members; the filter is that of nobody else. */
  @Column('boolean', { default: false }) fixed: boolean;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt: Date;
}
