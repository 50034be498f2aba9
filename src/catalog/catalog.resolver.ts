import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import type { CatalogService } from './catalog.service';
import { CreateProductInput, ProductType } from './catalog.graphql';

@Resolver()
export class CatalogResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [ProductType], { description: 'The products of a business, by name; at most 1000.' })
  async products(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<ProductType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return this.catalog.products(business.id);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => ProductType, { description: 'Adds a product. ADMIN.' })
  async createProduct(
    @Ctx() context: Context,
    @Arg('input', () => CreateProductInput) input: CreateProductInput,
  ): Promise<ProductType> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    return this.catalog.createProduct({ ...input, businessId: business.id });
  }
}
