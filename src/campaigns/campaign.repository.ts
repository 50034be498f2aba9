import { In } from 'typeorm';
import type { DataSource, EntityManager, Repository } from 'typeorm';
import { CampaignStatus } from './campaign';
import { Campaign } from './campaign.entity';

export type CampaignRepository = Repository<Campaign> & CampaignStatements;

/** What services need beside TypeORM's own methods. */
interface CampaignStatements {
  /** A page of a business's campaigns, newest first, with the number of all. */
  page(
    businessId: string,
    page: { number: number; size: number },
    status: CampaignStatus[] | undefined,
  ): Promise<[Campaign[], number]>;
  /** A campaign, its row locked until the caller's transaction ends. Every change of a campaign's status locks it here. */
  lockById(id: string): Promise<Campaign | null>;
}

/** Campaigns; read through the pool or the caller's transaction. */
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
