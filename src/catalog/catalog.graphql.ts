import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DecimalScalar, UrlScalar } from '../infra/scalars';

@ObjectType('Template', { description: 'A message template as WhatsApp last described it.' })
export class TemplateType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => String, { description: "WhatsApp's language code, e.g. en or hi." }) language: string;
  @Field(() => String, { description: 'MARKETING, UTILITY or AUTHENTICATION.' }) category: string;
  @Field(() => String, { description: 'Only an APPROVED template can be sent.' }) status: string;
  @Field(() => String, { nullable: true, description: 'The text, with its variables.' }) bodyText:
    string | null;
  @Field(() => String, {
    nullable: true,
    description: 'TEXT, IMAGE, VIDEO, DOCUMENT; null without a header.',
  })
  headerFormat: string | null;
  @Field(() => Int, {
    description: 'How many templateParameters a campaign must give; the tracked button is not among them.',
  })
  parameterCount: number;
  @Field(() => Boolean, {
    description: 'Whether it has the button PUBLIC_URL/r/{{1}}, which we fill with a link per person.',
  })
  hasTrackedLink: boolean;
  @Field(() => Date) syncedAt: Date;
}

@ObjectType('Product', { description: 'A product; campaigns may use its image.' })
export class ProductType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true }) imageUrl: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217.' }) currency: string | null;
}

@InputType({ description: 'A new product.' })
export class CreateProductInput {
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => UrlScalar, { nullable: true }) imageUrl?: string | null;
  @Field(() => DecimalScalar, { nullable: true }) price?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, e.g. INR.' }) currency?: string | null;
}
