import { Check, Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A tenant. All other data belongs to exactly one business. */
@Entity('businesses')
@Check('businesses_default_country_check', `default_country ~ '^[A-Z]{2}$'`)
@Check('businesses_frequency_cap_messages_check', 'frequency_cap_messages BETWEEN 1 AND 1000')
@Check('businesses_frequency_cap_days_check', 'frequency_cap_days BETWEEN 1 AND 365')
@Check('businesses_frequency_cap_check', '(frequency_cap_messages IS NULL) = (frequency_cap_days IS NULL)')
@Check('businesses_unreachable_after_check', 'unreachable_after BETWEEN 1 AND 100')
@Check('businesses_attribution_days_check', 'attribution_days BETWEEN 1 AND 90')
export class Business {
  @PrimaryGeneratedColumn('uuid') id: string;
  @Column('text') name: string;
  /** IANA zone, e.g. Asia/Kolkata. */
  @Column('text') timezone: string;
  /** ISO 3166 alpha-2. Phone numbers without a country code are read as numbers of this country. */
  @Column('text', { name: 'default_country' }) defaultCountry: string;
  /** The most marketing messages to one person in `frequencyCapDays` days; null: no cap. */
  @Column('integer', { name: 'frequency_cap_messages', nullable: true }) frequencyCapMessages: number | null;
  @Column('integer', { name: 'frequency_cap_days', nullable: true }) frequencyCapDays: number | null;
  /** After so many failures in a row with 131026 a person is left out; null: never. */
  @Column('integer', { name: 'unreachable_after', nullable: true }) unreachableAfter: number | null;
  /** ISO 3166 alpha-2: people with a number of these countries are left out. */
  @Column('text', { name: 'blocked_countries', array: true, default: () => `'{}'` })
  blockedCountries: string[];
  /** For how many days after a message an order counts for its campaign. */
  @Column('integer', { name: 'attribution_days', default: 7 }) attributionDays: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;

  /** The two columns as one; null: no cap. */
  get frequencyCap(): { messages: number; days: number } | null {
    const { frequencyCapMessages: messages, frequencyCapDays: days } = this;
    return messages == null || days == null ? null : { messages, days };
  }
}
