import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../../accounts/business.entity';

/** WhatsApp's rating of a template, from people's blocks and reports. */
export enum TemplateQuality {
  GREEN = 'GREEN',
  YELLOW = 'YELLOW',
  RED = 'RED',
  UNKNOWN = 'UNKNOWN',
}

/** What a person has decided about one quick reply. The text is kept because an edit at WhatsApp may move the button. */
export interface OptOutChoice {
  index: number;
  text: string;
  optsOut: boolean;
}

/** A message template as WhatsApp last described it, and what people of the business decided about it. */
@Entity('templates')
@Index('templates_account_name', ['wabaId', 'name', 'language'])
@Index('templates_business_name', ['businessId', 'wabaId', 'name', 'language'], { unique: true })
@Check('templates_parameter_format_check', `parameter_format IN ('POSITIONAL', 'NAMED')`)
@Check('templates_quality_check', `quality IN ('GREEN', 'YELLOW', 'RED', 'UNKNOWN')`)
export class Template {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'templates_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text', { name: 'waba_id' }) wabaId: string;
  @Column('text', { name: 'whatsapp_id' }) whatsappId: string;
  @Column('text') name: string;
  @Column('text') language: string;
  @Column('text') category: string;
  /** Only APPROVED templates can be sent. */
  @Column('text') status: string;
  @Column('text', { name: 'parameter_format', default: 'POSITIONAL' }) parameterFormat:
    'POSITIONAL' | 'NAMED';
  /** As WhatsApp gave them: only template-shape.ts reads them, and it relies on nothing. */
  @Column('jsonb') components: object;
  /** Null while nobody has decided; the suggestion holds then. */
  @Column('jsonb', { name: 'opt_out_choice', nullable: true }) optOutChoice: OptOutChoice[] | null;
  /** What is wrong with the description as a whole, in words. */
  @Column('text', { nullable: true }) problem: string | null;
  @Column('text', { name: 'rejected_reason', nullable: true }) rejectedReason: string | null;
  @Column('text', { nullable: true }) quality: TemplateQuality | null;
  @Column('timestamptz', { name: 'synced_at', default: () => 'now()' }) syncedAt: Date;
  /** The latest webhooks about the template, by WhatsApp's clock: older ones change nothing. */
  @Column('timestamptz', { name: 'status_at', nullable: true }) statusAt: Date | null;
  @Column('timestamptz', { name: 'quality_at', nullable: true }) qualityAt: Date | null;
  @Column('timestamptz', { name: 'category_at', nullable: true }) categoryAt: Date | null;
  @Column('timestamptz', { name: 'components_at', nullable: true }) componentsAt: Date | null;
  /** When the last webhook was stored, by the database's clock: a campaign that was resumed later is not paused for it. */
  @Column('timestamptz', { name: 'changed_at', nullable: true }) changedAt: Date | null;
}
