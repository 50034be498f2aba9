import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import { ContactType } from '../../audience/contacts/contact.graphql';
import { PageArgs } from '../../infra/pagination';
import { ContactCampaignConnection } from './received.graphql';
import type { ReceivedService } from './received.service';

@Resolver(() => ContactType)
export class ReceivedResolver {
  constructor(private readonly received: ReceivedService) {}

  @FieldResolver(() => ContactCampaignConnection, {
    description:
      'The started campaigns that the person is in, newest first: by the WhatsApp number, and by the contact, which may have had another number.',
  })
  campaigns(
    @Root() { id, businessId, identity }: ContactType,
    @Args() { first, after }: PageArgs,
  ): Promise<ContactCampaignConnection> {
    return this.received.campaigns({ contactId: id, businessId, identity }, { first, after });
  }
}
