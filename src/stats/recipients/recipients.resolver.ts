import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { Campaign } from '../../campaigns/campaign.entity';
import { CampaignGraphql } from '../../campaigns/campaign.graphql';
import { Recipient, RecipientConnection, RecipientEvent, RecipientsArgs } from './recipient.graphql';
import type { RecipientsService } from './recipients.service';

@Resolver(() => CampaignGraphql)
export class RecipientsResolver {
  constructor(private readonly service: RecipientsService) {}

  @Authorized(Role.VIEWER)
  @FieldResolver(() => RecipientConnection, {
    description:
      'The people of the campaign in order of their places, the excluded last; none before the list of recipients is made at the start. Several filters must all hold.',
  })
  recipients(
    @Root() campaign: Campaign,
    @Ctx() context: Context,
    @Args() args: RecipientsArgs,
  ): Promise<RecipientConnection> {
    return this.service.recipients(viewerOf(context), campaign, args);
  }

  @Authorized(Role.VIEWER)
  @FieldResolver(() => Recipient, {
    description: 'One person of the campaign, wherever in the list. NOT_FOUND for any other id.',
  })
  recipient(@Root() campaign: Campaign, @Arg('id', () => ID) id: string): Promise<Recipient> {
    return this.service.recipient(campaign, id);
  }
}

@Resolver(() => RecipientConnection)
export class RecipientConnectionResolver {
  @FieldResolver(() => Int, {
    description:
      'Recipients of the whole list. Known at once without a filter, and for statuses, error codes and a single outcome; otherwise they are counted, which with a million recipients takes up to half a second.',
  })
  totalCount(@Root() { count }: RecipientConnection): Promise<number> {
    return count();
  }
}

@Resolver(() => Recipient)
export class RecipientResolver {
  @FieldResolver(() => [RecipientEvent], {
    description:
      "The person's story in this campaign, oldest first; within a second in the order of the kinds.",
  })
  events(@Root() { story }: Recipient): Promise<RecipientEvent[]> {
    return story();
  }
}
