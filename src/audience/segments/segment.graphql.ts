import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AudienceType } from '../audience';
import type { AudienceFilter } from '../filter/filter';
import { AudienceFilterInput } from '../filter/filter.graphql';

@ObjectType('Segment', {
  description:
    'A saved audience filter, whose contacts are selected each time it is used; or, if it is fixed, the people it was made from.',
})
export class SegmentType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => AudienceType) audienceType: string;
  @Field(() => GraphQLJSONObject, {
    name: 'filter',
    description: 'In the form of AudienceFilterInput, without what is null.',
  })
  audienceFilter: AudienceFilter;
  @Field(() => Boolean, {
    description: 'Whether its people do not change (createSegmentFromRecipients); then the filter is {}.',
  })
  fixed: boolean;
  @Field(() => Date) createdAt: Date;
  @Field(() => Date, { description: 'When it was last changed.' }) updatedAt: Date;
}

@InputType({ description: 'An audience to save.' })
export class CreateSegmentInput {
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => AudienceType, { description: 'ALL, LEADS or CUSTOMERS.' }) audienceType: AudienceType;
  @Field(() => AudienceFilterInput, { nullable: true }) filter?: AudienceFilterInput | null;
}

@InputType({ description: 'What to change of a segment; what is left out or null stays.' })
export class UpdateSegmentInput {
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => AudienceType, {
    nullable: true,
    description: 'ALL, LEADS or CUSTOMERS. It must have all fields of the filter.',
  })
  audienceType?: AudienceType | null;
  @Field(() => AudienceFilterInput, {
    nullable: true,
    description: 'In place of the whole filter that it has; {} matches everybody.',
  })
  filter?: AudienceFilterInput | null;
}
