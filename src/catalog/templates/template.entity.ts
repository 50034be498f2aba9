import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Business } from '../../accounts/business.entity';
import type { TemplateComponent } from '../../whatsapp/wire';

/** A message template as WhatsApp last described it. */
@Entity('templates')
@Index('templates_business_name', ['businessId', 'wabaId', 'name', 'language'], { unique: true })
@Check('templates_parameter_format_check', `parameter_format IN ('POSITIONAL', 'NAMED')`)
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
  /** APPROVED is the only one that sends. */
  @Column('text') status: string;
  @Column('text', { name: 'parameter_format', default: 'POSITIONAL' }) parameterFormat:
    'POSITIONAL' | 'NAMED';
  @Column('jsonb') components: TemplateComponent[];
  @Column('timestamptz', { name: 'synced_at', default: () => 'now()' }) syncedAt: Date;
}
