import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../infra/pagination';
import { ImportStatus } from './import.entity';
import { ImportKind } from './kind';

registerEnumType(ImportKind, {
  name: 'ImportKind',
  description: 'What a file holds.',
  valuesConfig: {
    LEADS: { description: 'People who may become customers.' },
    CUSTOMERS: { description: 'People who bought.' },
    OPTOUTS: { description: 'Phones of people who want no messages from the business.' },
  },
});
registerEnumType(ImportStatus, {
  name: 'ImportStatus',
  description: 'How far an import is.',
  valuesConfig: {
    RUNNING: { description: 'The file is being received, or its rows are being written.' },
    COMPLETED: { description: 'All rows are imported or listed in errors.' },
    FAILED: { description: 'It could not go on: see reason. Rows imported so far are kept.' },
    CANCELLED: { description: 'Somebody ended it. Rows imported so far are kept.' },
  },
});

@ObjectType('Import', {
  description: 'A file that was sent to POST /imports. Its figures grow while it runs.',
})
export class ImportType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => ImportKind) kind: ImportKind;
  @Field(() => ImportStatus) status: ImportStatus;
  @Field(() => String, { nullable: true, description: 'As given with the file.' }) fileName: string | null;
  @Field(() => Int, { description: 'Rows so far; at the end importedRows + failedRows.' }) totalRows: number;
  @Field(() => Int, {
    description: 'Rows that created or updated a contact, or were left alone as duplicates.',
  })
  importedRows: number;
  @Field(() => Int, { description: 'Rows that created a contact or an opt-out.' }) createdRows: number;
  @Field(() => Int, { description: 'Rows that updated one, earlier rows of the same file included.' })
  updatedRows: number;
  @Field(() => Int, { description: 'Rows that are listed in errors.' }) failedRows: number;
  @Field(() => Float, { description: 'Bytes of the unpacked file whose rows are written.' })
  bytesRead: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Size of the unpacked file in bytes; null until it is received.',
  })
  bytesTotal: number | null;
  @Field(() => [String], { description: 'Headers of the columns that are kept nowhere.' })
  ignoredColumns: string[];
  @Field(() => String, { nullable: true, description: 'Why it failed, in words.' }) reason: string | null;
  @Field(() => Date) startedAt: Date;
  @Field(() => Date, { nullable: true }) completedAt: Date | null;
}

@ObjectType('ImportError', { description: 'A row that was not imported.' })
export class ImportErrorType {
  @Field(() => Int, {
    description: 'The line of the file on which the row begins; the header is on line 1.',
  })
  line: number;
  @Field(() => String, {
    nullable: true,
    description: "As in the file's header; null for the row as a whole.",
  })
  column: string | null;
  @Field(() => String, { nullable: true, description: 'The cell as in the file, at most 200 characters.' })
  value: string | null;
  @Field(() => String, { description: 'What is wrong, in words.' }) reason: string;
}

@ObjectType({ description: 'A row that was not imported, with its place in the list.' })
export class ImportErrorEdge {
  @Field(() => String) cursor: string;
  @Field(() => ImportErrorType) node: ImportErrorType;
}

@ObjectType({ description: 'The rows of a file that were not imported, by line.' })
export class ImportErrorConnection {
  @Field(() => [ImportErrorEdge]) edges: ImportErrorEdge[];
  @Field(() => [ImportErrorType]) nodes: ImportErrorType[];
  @Field(() => PageInfo) pageInfo: PageInfo;
  @Field(() => Int, { description: 'The same as failedRows.' }) totalCount: number;
}

@ObjectType({ description: 'An import with its place in the list.' })
export class ImportEdge {
  @Field(() => String) cursor: string;
  @Field(() => ImportType) node: ImportType;
}

@ObjectType({ description: 'The imports of a business, newest first.' })
export class ImportConnection {
  @Field(() => [ImportEdge]) edges: ImportEdge[];
  @Field(() => [ImportType]) nodes: ImportType[];
  @Field(() => PageInfo) pageInfo: PageInfo;
  @Field(() => Int) totalCount: number;
}
