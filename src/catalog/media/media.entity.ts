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

/** An image, video or document that is kept here. The same file of a business is kept once. */
@Entity('media')
@Index('media_business_sha256', ['businessId', 'sha256', 'type'], { unique: true })
@Check('media_bytes_check', 'bytes > 0')
export class Media {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'media_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  /** As its bytes say, e.g. `image/jpeg`. */
  @Column('text') type: string;
  @Column('integer') bytes: number;
  /** 64 hexadecimal digits. */
  @Column('text') sha256: string;
  /** Up to 16 MB, so not selected by default. */
  @Column('bytea', { select: false }) content?: Buffer;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}
