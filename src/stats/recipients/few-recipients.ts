import type { DataSource } from 'typeorm';
import { binder } from '../../audience/source';
import { RecipientStatus } from '../../campaigns/recipient-status';
import { countable, recipientConditions } from '../../campaigns/recipients/filter';
import type { Countable, RecipientFilter } from '../../campaigns/recipients/filter';
import { rows } from '../../infra/database';
import { columns, listRecipients } from './read-recipients';
import type { RecipientList } from './read-recipients';
import type { RecipientFields } from './recipient';

/** Up to so many recipients are few. */
const few = 500;
/** Of fewer stored recipients all are looked at in no time. */
const many = 50_000;
/** Lists whose places are kept, at most. */
const mostKept = 1000;

/**
 * Pages of the few who have stayed where everybody else only passed: a handful still "sent" among a million delivered. The
 * blocks do not tell where they are, so the first page looks at everybody, and their places are kept in this process. A
 * kept list is checked by the counters each time: if as many of it still match as the counters say, these are all.
 */
export class FewRecipients {
  private readonly kept = new Map<string, number[]>();

  constructor(private readonly database: DataSource) {}

  /** @returns a page as {@link listRecipients} gives it; undefined when they are not few, or may be anywhere */
  async page(list: RecipientList, limit: number, after: number): Promise<RecipientFields[] | undefined> {
    if (list.size < many || list.search !== '') return undefined;
    const count = countersOf(list.filter);
    if (count === undefined) return undefined;
    const key = JSON.stringify([list.campaign.id, list.filter]);
    const { expected, found } = await this.read(list, count, this.kept.get(key) ?? []);
    if (expected > few) {
      this.kept.delete(key);
      return undefined;
    }
    const all = found.length === expected ? found : await listRecipients(this.database, list, few + 1, 0);
    if (all.length > few) return undefined;
    this.keep(key, all);
    return all.filter(({ seq }) => seq > after).slice(0, limit);
  }

  /** The kept places that still match, and how many match in all, as of one moment. */
  private async read(
    list: RecipientList,
    count: string,
    places: readonly number[],
  ): Promise<{ expected: number; found: RecipientFields[] }> {
    const parameters: unknown[] = [];
    const bind = binder(parameters);
    const campaign = `${bind(list.campaign.id)}::uuid`;
    const conditions = recipientConditions(list.filter, bind).join(' AND ');
    const all = await rows<RecipientFields & { expected: number }>(
      this.database,
      `/* fewRecipients */ SELECT c.expected, r.* FROM (SELECT ${count} AS expected FROM campaigns c WHERE c.id = ${campaign}) c
       LEFT JOIN LATERAL (SELECT ${columns} FROM campaign_recipients r
         WHERE r.campaign_id = ${campaign} AND r.seq = ANY (${bind(places)}::int[]) AND ${conditions}) r ON true
       ORDER BY r.seq`,
      parameters,
    );
    return {
      expected: all[0]?.expected ?? 0,
      found: all.flatMap(({ expected: _, ...person }) =>
        (person.seq as number | null) === null ? [] : [person],
      ),
    };
  }

  private keep(key: string, people: readonly RecipientFields[]): void {
    this.kept.delete(key);
    this.kept.set(
      key,
      people.map(({ seq }) => seq),
    );
    const [oldest] = this.kept.keys();
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
  }
}

const { UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;

/** SQL: the counters (of campaigns `c`) that tell how many have a status. Those who wait have none of their own. */
const counterOf: Partial<Record<RecipientStatus, string>> = {
  [UNCONFIRMED]: 'c.unconfirmed_count',
  [SENT]: 'c.sent_count - c.delivered_count',
  [DELIVERED]: 'c.delivered_count - c.read_count',
  [READ]: 'c.read_count',
  [FAILED]: 'c.failed_count',
  [SKIPPED]: 'c.skipped_count',
  [EXCLUDED]: 'c.excluded_count',
};

/** SQL: how many recipients match a filter, by the campaign's counters; undefined when they do not tell. */
function countersOf(filter: RecipientFilter): string | undefined {
  const known: Countable | undefined = countable(filter);
  if (!known || 'codes' in known) return undefined;
  if ('reaction' in known)
    return known.missing ? `c.sent_count - c.${known.reaction}_count` : `c.${known.reaction}_count`;
  const counters = known.statuses.map((status) => counterOf[status]);
  return counters.length === 0 || counters.includes(undefined) ? undefined : counters.join(' + ');
}
