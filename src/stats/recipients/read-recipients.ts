import { phoneConditions, startsWith } from '../../audience/contacts/search';
import type { Bind } from '../../audience/filter/filter';
import { binder } from '../../audience/source';
import type { Campaign } from '../../campaigns/campaign.entity';
import { blockSize } from '../../campaigns/recipients/blocks';
import { blockConditions, recipientConditions } from '../../campaigns/recipients/filter';
import type { RecipientFilter } from '../../campaigns/recipients/filter';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';
import type { RecipientFields } from './recipient';

/** Which recipients of a campaign are listed. */
export interface RecipientList {
  campaign: Pick<Campaign, 'id' | 'businessId'>;
  /** How many recipients of the campaign are stored, the excluded among them; they have the places 1 … size. */
  size: number;
  filter: RecipientFilter;
  /** What the person searching typed; blank finds all. */
  search: string;
  /** Of the business, for phones without a country code. */
  country: string;
}

/** A search first looks at this many blocks in order: what many have is found there. */
const firstBlocks = 20;
/** Up to so many blocks are walked whole, whatever is searched. */
const fewBlocks = 80;

/** The one that WhatsApp accepted, or may have, uses up none of the allowed attempts; it is one all the same. */
const attempts = `r.attempts + (r.status IN ('SENT', 'DELIVERED', 'READ', 'UNCONFIRMED'))::int AS attempts`;

/** SQL: what a list tells of a recipient `r`. */
export const columns = `r.seq, r.name, r.phone, r.email, r.status, ${attempts}, r.error_code AS "errorCode",
  r.error_message AS "errorText", r.excluded_reason AS "excludedReason", r.skipped_reason AS "skippedReason",
  r.sent_at AS "sentAt", r.delivered_at AS "deliveredAt", r.read_at AS "readAt", r.failed_at AS "failedAt",
  r.clicked_at AS "clickedAt", r.converted_at AS "convertedAt", r.replied_at AS "repliedAt", r.skipped_at AS "skippedAt",
  r.opted_out_at AS "optedOutAt"`;

/**
 * Up to `limit` recipients after a place, in order of their places. Without a search it walks the blocks of recipients
 * that may have some (campaigns/recipients/blocks.ts). A search does the same for a few blocks, and if that does not fill
 * the page, asks the indexes by name and number. See docs/decisions/0021.
 */
export async function listRecipients(
  sql: Sql,
  list: RecipientList,
  limit: number,
  after: number,
): Promise<RecipientFields[]> {
  const last = Math.floor((list.size - 1) / blockSize);
  const begin = Math.floor(after / blockSize);
  if (list.size === 0 || begin > last) return [];
  const until = (await isWalked(sql, list, begin, last)) ? last : Math.min(last, begin + firstBlocks - 1);
  const walked = await walk(sql, list, columns, begin, until, `r.seq > ${after}`, limit);
  if (walked.length === limit || until === last) return walked;
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const found = await rows<RecipientFields>(
    sql,
    `/* searchRecipients */ SELECT ${columns} FROM campaign_recipients r
     WHERE ${searched(list, bind).join(' AND ')} AND r.seq > ${after} ORDER BY r.seq LIMIT ${bind(limit)}`,
    parameters,
  );
  return found;
}

/** How many recipients a list has, by looking at all that may be in it. */
export async function countRecipients(sql: Sql, list: RecipientList): Promise<number> {
  if (list.size === 0) return 0;
  const last = Math.floor((list.size - 1) / blockSize);
  if (await isWalked(sql, list, 0, last)) {
    const [row] = await walk<{ count: number }>(
      sql,
      list,
      'count(*)::int AS count',
      0,
      last,
      'true',
      undefined,
    );
    return row?.count ?? 0;
  }
  const parameters: unknown[] = [];
  const where = searched(list, binder(parameters));
  const [row] = await rows<{ count: number }>(
    sql,
    `/* countSearched */ SELECT count(*)::int AS count FROM campaign_recipients r WHERE ${where.join(' AND ')}`,
    parameters,
  );
  return row?.count ?? 0;
}

/**
 * Whether the blocks are walked to the end: without a search, where there are few of them, and where the filter leaves few.
 * Then there need be no index for what is searched.
 */
async function isWalked(sql: Sql, list: RecipientList, begin: number, last: number): Promise<boolean> {
  if (list.search === '' || last - begin < fewBlocks) return true;
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const campaign = `${bind(list.campaign.id)}::uuid`;
  const conditions = blockConditions(list.filter, campaign, bind);
  if (conditions.length === 0) return false;
  const [row] = await rows<{ blocks: number }>(
    sql,
    `/* blocksLeft */ SELECT count(*)::int AS blocks FROM ${blocksFrom(begin, last, campaign)} WHERE ${conditions.join(' AND ')}`,
    parameters,
  );
  return (row?.blocks ?? 0) <= fewBlocks;
}

/** SQL: blocks `p` of a campaign with what is known of them, `b`. */
function blocksFrom(begin: number, until: number, campaign: string): string {
  return `generate_series(${begin}, ${until}) AS p (block)
    LEFT JOIN campaign_recipient_blocks b ON b.campaign_id = ${campaign} AND b.block = p.block`;
}

/**
 * A nested loop, block by block in order: with a limit PostgreSQL stops as soon as the page is full. Neither can another
 * plan reorder it, since the inner part depends on the block.
 */
function walk<T = RecipientFields>(
  sql: Sql,
  list: RecipientList,
  select: string,
  begin: number,
  until: number,
  place: string,
  limit: number | undefined,
): Promise<T[]> {
  const parameters: unknown[] = [];
  const bind = binder(parameters);
  const campaign = `${bind(list.campaign.id)}::uuid`;
  const blocks = blockConditions(list.filter, campaign, bind);
  const conditions = [
    `r.campaign_id = ${campaign} AND r.seq > p.block * ${blockSize} AND r.seq <= (p.block + 1) * ${blockSize}`,
    place,
    ...recipientConditions(list.filter, bind),
    ...searchConditions(list, bind),
  ];
  return rows<T>(
    sql,
    `/* recipients */ SELECT ${select} FROM (
       SELECT p.block FROM ${blocksFrom(begin, until, campaign)}
       WHERE ${blocks.length > 0 ? blocks.join(' AND ') : 'true'} ORDER BY p.block OFFSET 0) p
     CROSS JOIN LATERAL (
       SELECT * FROM campaign_recipients r WHERE ${conditions.join(' AND ')} ORDER BY r.seq OFFSET 0) r
     ${limit === undefined ? '' : `LIMIT ${bind(limit)}`}`,
    parameters,
  );
}

/** SQL: what a row must have that somebody looks for, by what was stored of the person at the start. */
export function searchConditions(
  { search, country }: Pick<RecipientList, 'search' | 'country'>,
  bind: Bind,
): string[] {
  if (search === '') return [];
  const start = startsWith(search, bind);
  const any = [
    `lower(r.name) LIKE ${start}`,
    ...phoneConditions('r.identity', search, country, bind),
    ...(search.includes('@') ? [`lower(r.email) LIKE ${start}`] : []),
  ];
  return [`(${any.join(' OR ')})`];
}

/**
 * SQL: the same by indexes, each part with its own: the conditions in one OR would have PostgreSQL read the campaign. An
 * e-mail is looked up at the contacts, as it is there now.
 */
function searched({ campaign, filter, search, country }: RecipientList, bind: Bind): string[] {
  const id = `${bind(campaign.id)}::uuid`;
  const start = startsWith(search, bind);
  const phones = phoneConditions('r.identity', search, country, bind);
  const places = `SELECT r.seq FROM campaign_recipients r WHERE r.campaign_id = ${id} AND`;
  const business = search.includes('@') ? bind(campaign.businessId) : '';
  const parts = [
    `${places} lower(r.name) LIKE ${start}`,
    ...(phones.length > 0
      ? [
          `${places} r.excluded_reason IS NULL AND (${phones.join(' OR ')})`,
          `${places} r.excluded_reason IS NOT NULL AND (${phones.join(' OR ')})`,
        ]
      : []),
    ...(business === ''
      ? []
      : ['leads', 'customers'].map(
          (table) => `${places} r.contact_id = ANY (ARRAY(
            SELECT c.id FROM ${table} c WHERE c.business_id = ${business} AND lower(c.email) LIKE ${start}))`,
        )),
  ];
  return [
    `r.campaign_id = ${id} AND r.seq = ANY (ARRAY(${parts.join(' UNION ')}))`,
    ...recipientConditions(filter, bind),
  ];
}
