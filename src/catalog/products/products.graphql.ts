import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DecimalScalar, UrlScalar } from '../../infra/scalars';

const catalogIdText = "Meta's id of the catalogue that has the product; 1 to 100 characters.";
const retailerIdText = "The product's id in the catalogue (content id); 1 to 100 characters.";
const mediaIdText =
  'An image that was uploaded with POST /media (JPEG or PNG, at most 5 MB), instead of imageUrl.';

@ObjectType('Product', { description: 'A product. A campaign can use its image.' })
export class ProductType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true, description: 'Null if there is no image, or an uploaded one.' })
  imageUrl: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Of an image that was uploaded: GET /media/:id returns it.',
  })
  mediaId: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217.' }) currency: string | null;
  @Field(() => String, { nullable: true, description: "Meta's id of the catalogue that has the product." })
  catalogId: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The product's id in the catalogue (content id), for templates that show products.",
  })
  retailerId: string | null;
}

@InputType({ description: 'A new product.' })
export class CreateProductInput {
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true }) imageUrl?: string | null;
  @Field(() => ID, { nullable: true, description: mediaIdText }) mediaId?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, e.g. INR.' }) currency?: string | null;
  @Field(() => String, { nullable: true, description: catalogIdText }) catalogId?: string | null;
  @Field(() => String, { nullable: true, description: retailerIdText }) retailerId?: string | null;
}

@InputType({
  description:
    'Changes to a product: what is left out stays, null clears. imageUrl and mediaId replace each other.',
})
export class UpdateProductInput {
  @Field(() => String, { nullable: true, description: 'Cannot be cleared.' }) name?: string | null;
  @Field(() => UrlScalar, { nullable: true }) imageUrl?: string | null;
  @Field(() => ID, { nullable: true, description: mediaIdText }) mediaId?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, e.g. INR.' }) currency?: string | null;
  @Field(() => String, { nullable: true, description: catalogIdText }) catalogId?: string | null;
  @Field(() => String, { nullable: true, description: retailerIdText }) retailerId?: string | null;
}
