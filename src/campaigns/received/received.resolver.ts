import { Arg, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { ContactType } from '../../audience/contacts/contact.graphql';
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
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: '1 to 100.' })
    first?: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor after which the page begins; of this contact.',
    })
    after?: string | null,
  ): Promise<ContactCampaignConnection> {
    return this.received.campaigns({ contactId: id, businessId, identity }, { first, after });
  }
}
