import { Authorized, FieldResolver, Resolver, Root } from 'type-graphql';
import type { DataSource } from 'typeorm';
import { Role } from '../../accounts/viewer';
import type { Campaign } from '../campaign.entity';
import { CampaignGraphql } from '../campaign.graphql';
import { readHistory } from './history';
import { CampaignHistoryEntry } from './history.graphql';

@Resolver(() => CampaignGraphql)
export class HistoryResolver {
  constructor(private readonly database: DataSource) {}

  @Authorized(Role.VIEWER)
  @FieldResolver(() => [CampaignHistoryEntry], {
    description:
      'What people and the system did to the campaign, oldest first; the latest 200 if there is more.',
  })
  history(@Root() campaign: Campaign): Promise<CampaignHistoryEntry[]> {
    return readHistory(this.database, campaign.id);
  }
}
