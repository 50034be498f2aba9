import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../../accounts/accounts.service';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { CreateProductInput, ProductType, UpdateProductInput } from './products.graphql';
import type { ProductsService } from './products.service';

@Resolver()
export class ProductsResolver {
  constructor(
    private readonly saved: ProductsService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [ProductType], { description: 'The products of a business, by name; at most 1000.' })
  async products(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Part of the name or of the id in the catalogue, in any case; at most 200 characters.',
    })
    search?: string | null,
  ): Promise<ProductType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return this.saved.products(business.id, search);
  }

  @Authorized(Role.VIEWER)
  @Query(() => ProductType, { description: 'A product. NOT_FOUND for an unknown id.' })
  product(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ProductType> {
    return this.saved.product(viewerOf(context), id);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => ProductType, { description: 'Adds a product. ADMIN.' })
  async createProduct(
    @Ctx() context: Context,
    @Arg('input', () => CreateProductInput) input: CreateProductInput,
  ): Promise<ProductType> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    return this.saved.createProduct(business.id, input);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => ProductType, {
    description:
      'Changes a product. Campaigns that name it keep the image and the catalogue ids that it had when they were saved. ADMIN.',
  })
  updateProduct(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateProductInput) input: UpdateProductInput,
  ): Promise<ProductType> {
    return this.saved.updateProduct(viewerOf(context), id, input);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => ProductType, {
    description:
      'Deletes a product. CONFLICT naming the campaigns while scheduled, active or paused ones use it. Drafts keep its image; one that showed it from the catalogue needs another product. ADMIN.',
  })
  deleteProduct(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ProductType> {
    return this.saved.deleteProduct(viewerOf(context), id);
  }
}
