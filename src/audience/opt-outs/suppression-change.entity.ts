import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
} from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../../accounts/business.entity';
import type { OptOutSource } from './suppression.entity';

/** A change of an opt-out. Written by a trigger on `suppressions`, kept for good. */
@Entity('suppression_changes')
@Index('suppression_changes_person', ['businessId', 'identity', 'at'])
@Check('suppression_changes_change_check', `change IN ('OPTED_OUT', 'OPTED_IN')`)
export class SuppressionChange {
  @PrimaryGeneratedColumn('uuid', { primaryKeyConstraintName: 'suppression_changes_pkey' }) id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'suppression_changes_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text') identity: string;
  /** E.164. */
  @Column('text') phone: string;
  @Column('text') change: 'OPTED_OUT' | 'OPTED_IN';
  @Column('text') source: OptOutSource;
  /** In words. */
  @Column('text') reason: string;
  /** When it happened, by the event's own time. */
  @Column('timestamptz') at: Date;
  @CreateDateColumn({ type: 'timestamptz', name: 'recorded_at' }) recordedAt: Date;
}
