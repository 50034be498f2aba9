import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A tenant. All other data belongs to exactly one business. */
@Entity('businesses')
@Check('businesses_default_country_check', `default_country ~ '^[A-Z]{2}$'`)
export class Business {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text') name: string;
  /** IANA zone, e.g. Asia/Kolkata. */
  @Column('text') timezone: string;
  /** ISO 3166 alpha-2. Phone numbers without a country code are read as numbers of this country. */
  @Column('text', { name: 'default_country' }) defaultCountry: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}
