import type { DataSource, EntityManager, Repository } from 'typeorm';
import { CampaignSort } from './campaign';
import type { CampaignStatus } from './campaign';
import { Campaign } from './campaign.entity';

export type CampaignRepository = Repository<Campaign> & CampaignStatements;

/** What services need beside TypeORM's own methods. */
interface CampaignStatements {
  /** A page of a business's campaigns, with the number of all that are in the list. */
  page(
    businessId: string,
    page: { number: number; size: number },
    list: {
      status?: CampaignStatus[] | null | undefined;
      search: string;
      templateId: string | undefined;
      sort: CampaignSort;
    },
  ): Promise<[Campaign[], number]>;
  /** A campaign, its row locked until the caller's transaction ends. Every change of a campaign's status locks it here. */
  lockById(id: string): Promise<Campaign | null>;
}

/** Campaigns; read through the pool or the caller's transaction. */
export function campaignRepository(source: DataSource | EntityManager): CampaignRepository {
  return source.getRepository(Campaign).extend<CampaignStatements>({
    page(this: Repository<Campaign>, businessId, { number, size }, { status, search, templateId, sort }) {
      const list = this.createQueryBuilder('c').where('c.businessId = :businessId', { businessId });
      if (status) list.andWhere('c.status IN (:...status)', { status });
      if (search !== '') {
        const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
        list.andWhere('fold(c.campaignName) LIKE fold(:part)', { part });
      }
      if (templateId) list.andWhere('c.templateId = :templateId', { templateId });
      if (sort === CampaignSort.NAME) list.orderBy('fold(c.campaign_name)');
      if (sort === CampaignSort.STARTED) list.orderBy('c.startedAt', 'DESC', 'NULLS LAST');
      return list
        .addOrderBy('c.createdAt', 'DESC')
        .addOrderBy('c.id')
        .offset((number - 1) * size)
        .limit(size)
        .getManyAndCount();
    },
    lockById(this: Repository<Campaign>, id) {
      return this.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } });
    },
  });
}
