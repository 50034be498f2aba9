import {
  Check,
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
} from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../../accounts/business.entity';

/**
 * What made somebody opt out. KEYWORD: wrote STOP. BUTTON: tapped the opt-out button of a message. WHATSAPP: used
 * WhatsApp's own control. MANUAL, IMPORT: entered by the business. REFUSED: WhatsApp refused a message with 131050.
 */
export enum OptOutSource {
  KEYWORD = 'KEYWORD',
  BUTTON = 'BUTTON',
  WHATSAPP = 'WHATSAPP',
  MANUAL = 'MANUAL',
  IMPORT = 'IMPORT',
  REFUSED = 'REFUSED',
}

/**
 * SQL: the sources whose opt-outs concern marketing templates only. WhatsApp still delivers utility and free-form messages
 * to people who stopped marketing there; opt-outs of all other sources concern every message.
 */
export const marketingOnly = `'${OptOutSource.WHATSAPP}', '${OptOutSource.REFUSED}'`;

/**
 * An opt-out of a person from a business, by what made it. A person with any row that is not lifted gets no messages.
 * Written in sets by opt-outs.ts; each change is kept in `suppression_changes` by the database.
 */
@Entity('suppressions')
@Index('suppressions_business_created', { synchronize: false })
@Check(
  'suppressions_source_check',
  `source IN ('KEYWORD', 'BUTTON', 'WHATSAPP', 'MANUAL', 'IMPORT', 'REFUSED')`,
)
export class Suppression {
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'suppressions_business_fk' })
  business?: Relation<Business>;
  @PrimaryColumn('uuid', { name: 'business_id', primaryKeyConstraintName: 'suppressions_pkey' })
  businessId: string;
  /** Derived from the phone by the database (`phone_identity`). */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'suppressions_pkey', insert: false }) identity: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'suppressions_pkey', default: OptOutSource.MANUAL })
  source: OptOutSource;
  /** E.164, in the spelling that was seen first. */
  @Column('text') phone: string;
  /** In words, of the latest change. */
  @Column('text') reason: string;
  /** Whether the person opted in again. Kept, so that a late event from before is known to be late. */
  @Column('boolean', { default: false }) lifted: boolean;
  /** When the latest change happened, by the event's own time. */
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt: Date;
  /** When the person opted out for the last time after not being opted out, by the event's own time. */
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}
