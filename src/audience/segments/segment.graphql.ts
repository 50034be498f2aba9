import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { AudienceType } from '../audience';
import { AudienceFilterInput } from '../audience.graphql';

@ObjectType('Segment', {
  description: 'A saved audience filter. Its contacts are selected each time it is used.',
})
export class SegmentType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => AudienceType) audienceType: string;
  @Field(() => Date) createdAt: Date;
}

@InputType({ description: 'An audience to save.' })
export class CreateSegmentInput {
  @Field(() => ID) businessId: string;
  @Field(() => String) name: string;
  @Field(() => AudienceType, { description: 'ALL, LEADS or CUSTOMERS.' }) audienceType: AudienceType;
  @Field(() => AudienceFilterInput, { nullable: true }) filter?: AudienceFilterInput | null;
}
