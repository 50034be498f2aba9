import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import { badInput } from '../infra/errors';
import { DecimalScalar } from '../infra/scalars';
import { conversionInput } from './conversions';
import type { Conversions } from './conversions';

@InputType({ description: 'An order of a shop. By the click it came from, or by phone.' })
export class RecordConversionInput {
  @Field(() => ID) businessId: string;
  @Field(() => String, { nullable: true, description: 'The dakiya_click that came with the visit.' })
  clickId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'For an order without a click: put down to the last campaign in 7 days.',
  })
  phone?: string | null;
  @Field(() => String, { description: "The shop's own id: an order counts once." }) orderId: string;
  @Field(() => DecimalScalar, { nullable: true }) value?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, e.g. INR.' }) currency?: string | null;
  @Field(() => Date, { nullable: true, description: 'Now if left out.' }) occurredAt?: Date | null;
}

@ObjectType({ description: 'What became of a recorded order.' })
export class RecordConversionPayload {
  @Field(() => Boolean, { description: 'The order was known already; nothing was counted.' })
  duplicate: boolean;
  @Field(() => ID, { nullable: true, description: 'The campaign it was put down to.' }) campaignId:
    string | null;
}

@Resolver()
export class TrackingResolver {
  constructor(
    private readonly conversions: Conversions,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => RecordConversionPayload, {
    description: 'Records an order, like POST /conversions. Idempotent by business and orderId.',
  })
  async recordConversion(
    @Ctx() context: Context,
    @Arg('input', () => RecordConversionInput) input: RecordConversionInput,
  ): Promise<RecordConversionPayload> {
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    const parsed = conversionInput.safeParse({ ...input, occurredAt: input.occurredAt?.toISOString() });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw badInput(
        `input.${issue?.path.join('.') ?? ''}`,
        issue?.message.replace(/^expected /, '') ?? 'something else',
      );
    }
    const { result, campaignId } = await this.conversions.record(parsed.data, business.defaultCountry);
    return { duplicate: result === 'duplicate', campaignId };
  }
}
