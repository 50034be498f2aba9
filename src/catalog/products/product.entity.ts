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
import { Media } from '../media/media.entity';

/** A product. A campaign can use its image. */
@Entity('products')
@Index('products_business', ['businessId', 'name'])
@Check('products_price_check', 'price >= 0')
@Check('products_one_image', 'image_url IS NULL OR media_id IS NULL')
@Check('products_currency_check', `currency ~ '^[A-Z]{3}$'`)
export class Product {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'products_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text') name: string;
  @Column('text', { name: 'image_url', nullable: true }) imageUrl: string | null;
  @ManyToOne(() => Media)
  @JoinColumn({ name: 'media_id', foreignKeyConstraintName: 'products_media_fk' })
  media?: Relation<Media>;
  /** An image that is kept here, instead of an address. */
  @Column('uuid', { name: 'media_id', nullable: true }) mediaId: string | null;
  @Column('numeric', { precision: 14, scale: 2, nullable: true }) price: string | null;
  /** ISO 4217. */
  @Column('text', { nullable: true }) currency: string | null;
  /** Meta's catalogue that has the product, and the product's id in it ("content id"). */
  @Column('text', { name: 'catalog_id', nullable: true }) catalogId: string | null;
  @Column('text', { name: 'retailer_id', nullable: true }) retailerId: string | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
}

/** Whether campaigns can use its image. */
export function hasImage({ imageUrl, mediaId }: Pick<Product, 'imageUrl' | 'mediaId'>): boolean {
  return Boolean(imageUrl ?? mediaId);
}
