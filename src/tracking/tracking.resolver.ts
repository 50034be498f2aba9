import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import { badInput } from '../infra/errors';
import { DecimalScalar } from '../infra/scalars';
import { conversionInput, problemOf } from './conversion-input';
import type { Conversions } from './conversions';

@InputType({
  description:
    'An order in a shop, with the click that led to it or the phone number of the person who ordered.',
})
export class RecordConversionInput {
  @Field(() => ID) businessId: string;
  @Field(() => String, {
    nullable: true,
    description: 'The value of dakiya_click in the address of the visit.',
  })
  clickId?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Used if there is no known click: the order is attributed to the latest message that was delivered to this number and sent in the days before the order that Business.attributionDays says (7).',
  })
  phone?: string | null;
  @Field(() => String, { description: "The shop's id of the order. Each order counts once." })
  orderId: string;
  @Field(() => String, {
    nullable: true,
    description:
      "Makes it a refund: the orderId of the order whose money is given back, which was reported before. The refund has an orderId of its own. It takes its value from the campaign's revenue; the person stays converted.",
  })
  refundOf?: string | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description:
      'Of a refund: what is given back, above 0; if it is left out, all that is left of the order.',
  })
  value?: string | null;
  @Field(() => String, { nullable: true, description: 'ISO 4217, in upper or lower case, e.g. INR.' })
  currency?: string | null;
  @Field(() => Date, {
    nullable: true,
    description: 'At most 24 hours in the future. If it is left out: now.',
  })
  occurredAt?: Date | null;
}

@ObjectType({ description: 'The result of recording an order.' })
export class RecordConversionPayload {
  @Field(() => Boolean, { description: 'The order was reported before; nothing was counted.' })
  duplicate: boolean;
  @Field(() => ID, { nullable: true, description: 'The campaign to which the order is attributed.' })
  campaignId: string | null;
  @Field(() => String, { nullable: true, description: 'Why the order is attributed to no campaign.' })
  unattributed: string | null;
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
      const { field, expected } = problemOf(parsed.error);
      throw badInput(`input.${field}`, expected.replace(/^expected /, ''));
    }
    const { id: businessId, defaultCountry, attributionDays } = business;
    const order = { ...parsed.data, businessId, defaultCountry, attributionDays };
    const [recorded] = await this.conversions.record([order]);
    if (!recorded || recorded.result === 'failed') throw recorded?.error;
    if (recorded.result === 'refused')
      throw badInput(`input.${recorded.field}`, recorded.expected.replace(/^expected /, ''));
    const unattributed = recorded.result === 'new' ? (recorded.unattributed ?? null) : null;
    return { duplicate: recorded.result === 'duplicate', campaignId: recorded.campaignId, unattributed };
  }
}
