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
import type { ImportKind } from './kind';
import type { Layout } from './layout';

/** RUNNING: the file is being received, or its rows written. The others are ends. */
export enum ImportStatus {
  RUNNING = 'RUNNING',
  COMPLETED = 'COMPLETED',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}

/**
 * A file of contacts or opt-outs that is being imported, or was. The api receives it (`receivedAt` is null until then);
 * a worker claims it and writes its rows in sets, each together with the position after it.
 */
@Entity('imports')
@Index('imports_business', { synchronize: false })
@Index('imports_running', { synchronize: false })
@Check('imports_kind_check', `kind IN ('LEADS', 'CUSTOMERS', 'OPTOUTS')`)
@Check('imports_status_check', `status IN ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')`)
@Check(
  'imports_rows_check',
  'imported_rows >= 0 AND failed_rows >= 0 AND imported_rows + failed_rows <= total_rows',
)
@Check(
  'imports_changed_rows_check',
  'created_rows >= 0 AND updated_rows >= 0 AND created_rows + updated_rows <= imported_rows',
)
export class Import {
  @PrimaryGeneratedColumn('uuid') id: string;
  @ManyToOne(() => Business)
  @JoinColumn({ name: 'business_id', foreignKeyConstraintName: 'imports_business_fk' })
  business?: Relation<Business>;
  @Column('uuid', { name: 'business_id' }) businessId: string;
  @Column('text') kind: ImportKind;
  @Column('text', { default: ImportStatus.RUNNING }) status: ImportStatus;
  @Column('text', { name: 'file_name', nullable: true }) fileName: string | null;
  @Column('integer', { name: 'total_rows', default: 0 }) totalRows: number;
  @Column('integer', { name: 'imported_rows', default: 0 }) importedRows: number;
  @Column('integer', { name: 'created_rows', default: 0 }) createdRows: number;
  @Column('integer', { name: 'updated_rows', default: 0 }) updatedRows: number;
  @Column('integer', { name: 'failed_rows', default: 0 }) failedRows: number;
  /** Of the file as it was sent, unpacked. */
  @Column('bigint', { name: 'bytes_read', default: 0 }) bytesRead: string;
  /** Null until the file is received. */
  @Column('bigint', { name: 'bytes_total', nullable: true }) bytesTotal: string | null;
  @Column('text', { name: 'ignored_columns', array: true, default: () => `'{}'` }) ignoredColumns: string[];
  /** Why it failed, in words. */
  @Column('text', { nullable: true }) reason: string | null;
  /** How the file is to be read. */
  @Column('jsonb', { default: {} }) layout: Layout;
  /** When the api that receives the file last said so. */
  @Column('timestamptz', { name: 'alive_at', default: () => 'now()' }) aliveAt: Date;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt: Date | null;
  /** Where the next row begins, in UTF-16 units from the beginning of the file, and on which line. */
  @Column('bigint', { default: 0 }) position: string;
  @Column('integer', { default: 1 }) line: number;
  /** Rises with each claim: what a worker writes that lost its claim does not count. */
  @Column('integer', { name: 'claim_number', default: 0 }) claimNumber: number;
  @Column('timestamptz', { name: 'claimed_at', nullable: true }) claimedAt: Date | null;
  @Column('timestamptz', { name: 'claimed_until', nullable: true }) claimedUntil: Date | null;
  /** Claims since rows were last written. */
  @Column('integer', { default: 0 }) tries: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'completed_at', nullable: true }) completedAt: Date | null;
}
