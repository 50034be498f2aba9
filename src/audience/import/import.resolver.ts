import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import type { AccountsService } from '../../accounts/accounts.service';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Viewer } from '../../accounts/viewer';
import { PageArgs } from '../../infra/pagination';
import type { Import } from './import.entity';
import { ImportConnection, ImportErrorConnection, ImportType } from './import.graphql';
import type { ImportService } from './import.service';

/** The context of a request, with access to the progress of imports, which the `subscribe` of a subscription gets only here. */
export interface ImportContext extends Context {
  /** Follows an import, after checking that the viewer may see it. */
  watchImport: (viewer: Viewer, importId: string) => Promise<AsyncIterableIterator<Import>>;
}

@Resolver(() => ImportType)
export class ImportResolver {
  constructor(
    private readonly imported: ImportService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => ImportType, { name: 'import', description: 'An import, running or ended.' })
  async oneImport(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ImportType> {
    return shown(await this.imported.import(viewerOf(context), id));
  }

  @Authorized(Role.VIEWER)
  @Query(() => ImportConnection, { description: 'The imports of a business, newest first.' })
  async imports(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Args() { first, after }: PageArgs,
  ): Promise<Omit<ImportConnection, 'totalCount'>> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    const { edges, ...rest } = await this.imported.imports(business.id, first, after);
    const shownEdges = edges.map(({ cursor, node }) => ({ cursor, node: shown(node) }));
    return { ...rest, edges: shownEdges, nodes: shownEdges.map(({ node }) => node) };
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => ImportType, {
    description:
      'Ends a running import. The rows imported so far are kept. CONFLICT if the import has ended already.',
  })
  async cancelImport(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ImportType> {
    return shown(await this.imported.cancelImport(viewerOf(context), id));
  }

  @Authorized(Role.VIEWER)
  @Subscription(() => ImportType, {
    description:
      'The import as it is, then whenever it has changed, at most four times a second. Ends after the last state.',
    subscribe: ({ args, context }) => {
      const request = context as ImportContext;
      return request.watchImport(viewerOf(request), (args as { importId: string }).importId);
    },
  })
  importProgress(@Root() found: Import, @Arg('importId', () => ID) _importId: string): ImportType {
    return shown(found);
  }

  @FieldResolver(() => ImportErrorConnection, { description: 'The rows that were not imported, by line.' })
  errors(@Root() found: ImportType, @Args() { first, after }: PageArgs): Promise<ImportErrorConnection> {
    return this.imported.errors(found, first, after);
  }
}

@Resolver(() => ImportConnection)
export class ImportConnectionResolver {
  constructor(private readonly imported: ImportService) {}

  @FieldResolver(() => Int, { description: 'How many imports the business has.' })
  totalCount(@Root() { businessId }: ImportConnection & { businessId: string }): Promise<number> {
    return this.imported.count(businessId);
  }
}

function shown(found: Import): ImportType {
  const { bytesRead, bytesTotal, createdAt: startedAt } = found;
  return {
    ...found,
    bytesRead: Number(bytesRead),
    bytesTotal: bytesTotal === null ? null : Number(bytesTotal),
    startedAt,
  };
}
