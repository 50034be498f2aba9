import { Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { SenderType } from '../../accounts/accounts.graphql';
import type { Sender } from '../../accounts/sender.entity';
import type { Sql } from '../../infra/database';
import { peopleReached } from './used-limit';

@ObjectType({
  description:
    "WhatsApp's limit of people whom a number may write to in 24 hours outside a service window. The numbers of a portfolio share it.",
})
export class SenderMessagingLimit {
  @Field(() => Int, { nullable: true, description: 'Null if it is unlimited, or not read yet.' })
  perDay: number | null;
  @Field(() => Int, {
    description:
      'Different people whom all numbers of the business wrote to in the last 24 hours, outside a window.',
  })
  usedLast24Hours: number;
  @Field(() => Int, { nullable: true, description: 'Null if perDay is.' }) remaining: number | null;
}

@Resolver(() => SenderType)
export class SenderLimitResolver {
  /** The numbers of a business are asked for together, and share the answer. */
  private readonly reached = new Map<string, Promise<number>>();

  constructor(private readonly database: Sql) {}

  @FieldResolver(() => SenderMessagingLimit, {
    description: 'How many people the number may write to, as WhatsApp said last.',
  })
  async messagingLimit(@Root() sender: Sender): Promise<SenderMessagingLimit> {
    const { messagingLimit: perDay, businessId } = sender;
    const usedLast24Hours = await this.peopleReached(businessId);
    return {
      perDay,
      usedLast24Hours,
      remaining: perDay === null ? null : Math.max(0, perDay - usedLast24Hours),
    };
  }

  private peopleReached(businessId: string): Promise<number> {
    const known = this.reached.get(businessId);
    if (known) return known;
    const counting = peopleReached(this.database, businessId).finally(() => this.reached.delete(businessId));
    this.reached.set(businessId, counting);
    return counting;
  }
}
