import { Column, CreateDateColumn, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../../accounts/business.entity';

/** An opt-out: this person gets nothing more from this business. */
@Entity('suppressions')
export class Suppression {
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'suppressions_business_fk' })
  business?: Relation<Business>;
  @PrimaryColumn('uuid', { name: 'business_id', primaryKeyConstraintName: 'suppressions_pkey' })
  businessId: string;
  /** E.164. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'suppressions_pkey' }) phone: string;
  /** Where it came from, in words. */
  @Column('text') reason: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}
