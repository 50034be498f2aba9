import { In } from 'typeorm';
import type { DataSource, EntityManager, Repository } from 'typeorm';
import { CampaignStatus } from './campaign';
import { Campaign } from './campaign.entity';

export type CampaignRepository = Repository<Campaign> & CampaignStatements;

/** The statements on campaigns that resolvers and services need, beside TypeORM's own. */
interface CampaignStatements {
  /** A page of a business's campaigns, newest first, with the number of all. */
  page(
    businessId: string,
    page: { number: number; size: number },
    status: CampaignStatus[] | undefined,
  ): Promise<[Campaign[], number]>;
  /** A campaign, locked until the caller's transaction ends: whoever changes its status takes turns here. */
  lockById(id: string): Promise<Campaign | null>;
}

/** The campaigns as `source` sees them: of the pool, or of the transaction that the caller holds. */
export function campaignRepository(source: DataSource | EntityManager): CampaignRepository {
  return source.getRepository(Campaign).extend<CampaignStatements>({
    page(this: Repository<Campaign>, businessId, { number, size }, status) {
      return this.findAndCount({
        where: { businessId, ...(status ? { status: In(status) } : {}) },
        order: { createdAt: 'DESC', id: 'ASC' },
        skip: (number - 1) * size,
        take: size,
      });
    },
    lockById(this: Repository<Campaign>, id) {
      return this.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    },
  });
}
