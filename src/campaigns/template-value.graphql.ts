import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { VariableKind } from '../catalog/templates/variables';
import { UrlScalar } from '../infra/scalars';

@InputType({ description: 'A place on the map.' })
export class LocationInput {
  @Field(() => Float, { description: 'Degrees, -90 to 90.' }) latitude: number;
  @Field(() => Float, { description: 'Degrees, -180 to 180.' }) longitude: number;
  @Field(() => String, { description: '1 to 1000 characters.' }) name: string;
  @Field(() => String, { description: '1 to 1000 characters.' }) address: string;
}

@InputType({
  description:
    "A value for one variable of a template. The variable's kind says which field is given: value for TEXT, COUPON, URL_SUFFIX, FLOW and EXPIRES_AT; mediaUrl or mediaId for IMAGE, VIDEO, DOCUMENT and GIF; location; productId for PRODUCT; productIds for PRODUCTS.",
})
export class TemplateValueInput {
  @Field(() => String, { description: 'The key of the variable; see Template.variables.' }) key: string;
  @Field(() => String, {
    nullable: true,
    description:
      'A text, with placeholders as in templateParameters. EXPIRES_AT: a time with its zone in ISO 8601, e.g. 2030-11-15T23:59:00+05:30, without placeholders. FLOW: the token that comes back with the answers; it may be left out.',
  })
  value?: string | null;
  @Field(() => UrlScalar, {
    nullable: true,
    description:
      'Address of the media. It is not fetched when the campaign is created, but before its first message.',
  })
  mediaUrl?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'Media that was kept with POST /media, instead of mediaUrl.',
  })
  mediaId?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'DOCUMENT: the name that people see, 1 to 240 characters; if it is left out, the end of the address.',
  })
  fileName?: string | null;
  @Field(() => LocationInput, { nullable: true, description: 'LOCATION.' })
  location?: LocationInput | null;
  @Field(() => ID, {
    nullable: true,
    description: "PRODUCT: a product with a retailerId. IMAGE: the product's image, instead of mediaUrl.",
  })
  productId?: string | null;
  @Field(() => [ID], { nullable: true, description: 'PRODUCTS: 1 to 30 products with a retailerId.' })
  productIds?: string[] | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'PRODUCTS: 1 to 10 titles of at most 24 characters. The products are divided among them in order, as evenly as possible; if it is left out, they are one section with the text of the button.',
  })
  sectionTitles?: string[] | null;
}

@ObjectType('Location', { description: 'A place on the map.' })
export class LocationGraphql {
  @Field(() => Float, { description: 'Degrees.' }) latitude: number;
  @Field(() => Float, { description: 'Degrees.' }) longitude: number;
  @Field(() => String) name: string;
  @Field(() => String) address: string;
}

@ObjectType('TemplateValue', {
  description:
    'What a campaign gives for a variable of its template; the fields that do not belong to its kind are null.',
})
export class TemplateValueGraphql {
  @Field(() => String) key: string;
  @Field(() => VariableKind) kind: VariableKind;
  @Field(() => String, { nullable: true, description: 'With its placeholders.' }) value: string | null;
  @Field(() => UrlScalar, { nullable: true }) mediaUrl: string | null;
  @Field(() => ID, { nullable: true, description: 'Media kept here, instead of an address.' })
  mediaId: string | null;
  @Field(() => String, { nullable: true, description: 'Null: the end of the address is used.' })
  fileName: string | null;
  @Field(() => LocationGraphql, { nullable: true }) location: LocationGraphql | null;
  @Field(() => ID, { nullable: true }) productId: string | null;
  @Field(() => [ID], { nullable: true }) productIds: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Null: one section with the text of the button.' })
  sectionTitles: string[] | null;
}
