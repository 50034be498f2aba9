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

/** A file of contacts that is being imported, or was. */
@Entity('imports')
@Index('imports_business', { synchronize: false })
@Check('imports_kind_check', `kind IN ('LEADS', 'CUSTOMERS')`)
@Check('imports_status_check', `status IN ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')`)
@Check(
  'imports_rows_check',
  'imported_rows >= 0 AND failed_rows >= 0 AND imported_rows + failed_rows <= total_rows',
)
export class Import {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'imports_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text') kind: string;
  @Column('text', { default: 'RUNNING' }) status: string;
  @Column('integer', { name: 'total_rows', default: 0 }) totalRows: number;
  @Column('integer', { name: 'imported_rows', default: 0 }) importedRows: number;
  @Column('integer', { name: 'failed_rows', default: 0 }) failedRows: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt: Date | null;
}
