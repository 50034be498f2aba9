import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { PageArgs } from '../../infra/pagination';
import { OptOutConnection, OptOutHistoryEntry, OptOutPayload } from './opt-out.graphql';
import type { OptOutsService } from './opt-outs.service';

const phonesDescription =
  "1 to 10,000, in any spelling; without a country code they are read as numbers of the business's defaultCountry.";
const reasonDescription = 'In words, 1 to 500 characters; it is kept in the history.';

@Resolver()
export class OptOutsResolver {
  constructor(private readonly people: OptOutsService) {}

  @Authorized(Role.VIEWER)
  @Query(() => OptOutConnection, {
    description: 'The opt-outs of a business that count now, newest first: one for each person and source.',
  })
  optOuts(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('search', () => String, {
      nullable: true,
      description:
        "A phone in any spelling or its first digits; any other text is the start of a contact's name. At most 200 characters.",
    })
    search: string | null | undefined,
    @Args() { first, after }: PageArgs,
  ): Promise<OptOutConnection> {
    return this.people.optOuts(viewerOf(context), { businessId, search, first, after });
  }

  @Authorized(Role.VIEWER)
  @Query(() => [OptOutHistoryEntry], {
    description: "Every change of a person's opt-outs, the last first; at most 1000.",
  })
  optOutHistory(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('phone', () => String, { description: 'In any spelling.' }) phone: string,
  ): Promise<OptOutHistoryEntry[]> {
    return this.people.history(viewerOf(context), businessId, phone);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => OptOutPayload, {
    description:
      'Opts people out of every message of the business (MANUAL), also of campaigns that are being sent. Only optIn lifts it. MARKETER.',
  })
  optOut(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('phones', () => [String], { description: phonesDescription }) phones: string[],
    @Arg('reason', () => String, { description: reasonDescription }) reason: string,
  ): Promise<OptOutPayload> {
    return this.people.optOut(viewerOf(context), { businessId, phones, reason });
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => OptOutPayload, {
    description:
      'Lifts all opt-outs of people, whatever their sources. Only with their consent: WhatsApp still refuses marketing to those who stopped it there. MARKETER.',
  })
  optIn(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('phones', () => [String], { description: phonesDescription }) phones: string[],
    @Arg('reason', () => String, { description: reasonDescription }) reason: string,
  ): Promise<OptOutPayload> {
    return this.people.optIn(viewerOf(context), { businessId, phones, reason });
  }
}

@Resolver(() => OptOutConnection)
export class OptOutConnectionResolver {
  @FieldResolver(() => Int, {
    description: 'Opt-outs of the whole list. Counted only when it is asked for.',
  })
  totalCount(@Root() { count }: OptOutConnection): Promise<number> {
    return count();
  }
}
