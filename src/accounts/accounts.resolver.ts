import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from './context';
import { viewerOf } from './authorization';
import { AccountsService } from './accounts.service';
import { BusinessType, CreateBusinessInput, UpdateBusinessInput } from './accounts.graphql';
import { Role } from './viewer';

@Resolver()
export class AccountsResolver {
  constructor(private readonly accounts: AccountsService) {}

  @Authorized(Role.VIEWER)
  @Query(() => [BusinessType], {
    description: 'The businesses that the token gives access to; all businesses for an OPERATOR.',
  })
  businesses(@Ctx() context: Context): Promise<BusinessType[]> {
    return this.accounts.businesses(viewerOf(context));
  }

  @Authorized(Role.OPERATOR)
  @Mutation(() => BusinessType, { description: 'Creates a business. OPERATOR only.' })
  createBusiness(@Arg('input', () => CreateBusinessInput) input: CreateBusinessInput): Promise<BusinessType> {
    return this.accounts.createBusiness(input);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => BusinessType, { description: 'Changes the settings of a business. ADMIN.' })
  updateBusiness(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateBusinessInput) input: UpdateBusinessInput,
  ): Promise<BusinessType> {
    return this.accounts.updateBusiness(viewerOf(context), id, input);
  }
}
