import { RecipientOutcome } from '../../audience/filter/filter';
import type { Bind } from '../../audience/filter/filter';
import { outcomeConditions } from '../../audience/filter/outcome';
import { badInput } from '../../infra/errors';
import { counted, RecipientStatus } from '../recipient-status';
import { blockSize, codeBit, reactionBit, statusBit } from './blocks';

/** Which recipients of a campaign: those of all parts that are given. Undefined or null: not filtered. */
export interface RecipientFilter {
  /** Any of these statuses. */
  status?: RecipientStatus[] | null | undefined;
  /** Any of these outcomes. */
  outcome?: RecipientOutcome[] | null | undefined;
  /** Whose message failed for good with any of these codes. */
  errorCode?: number[] | null | undefined;
}

const { QUEUED, SENDING, UNCONFIRMED, SENT, DELIVERED, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;
const { sent, delivered, read } = counted;

/** Which statuses the outcomes are that say nothing else. */
const statusesOfOutcome: Partial<Record<RecipientOutcome, readonly RecipientStatus[]>> = {
  [RecipientOutcome.SENT]: sent,
  [RecipientOutcome.DELIVERED]: delivered,
  [RecipientOutcome.READ]: read,
  [RecipientOutcome.FAILED]: [FAILED],
  [RecipientOutcome.UNCONFIRMED]: [UNCONFIRMED],
  [RecipientOutcome.SKIPPED]: [SKIPPED],
  [RecipientOutcome.EXCLUDED]: [EXCLUDED],
  [RecipientOutcome.NOT_DELIVERED]: [SENT],
  [RecipientOutcome.NOT_READ]: [SENT, DELIVERED],
};
const reactionOfOutcome: Partial<Record<RecipientOutcome, 'clicked' | 'converted' | 'replied'>> = {
  [RecipientOutcome.CLICKED]: 'clicked',
  [RecipientOutcome.CONVERTED]: 'converted',
  [RecipientOutcome.REPLIED]: 'replied',
};

/**
 * The filter with each list once and in order, so that the same filter is the same however it is written.
 * @param path the input path in front of the names, with its dot
 * @throws BAD_USER_INPUT naming the list that is empty
 */
export function checkRecipientFilter(
  { status, outcome, errorCode }: RecipientFilter,
  path = '',
): RecipientFilter {
  return {
    ...(status ? { status: distinct(status, `${path}status`) } : {}),
    ...(outcome ? { outcome: distinct(outcome, `${path}outcome`) } : {}),
    ...(errorCode ? { errorCode: distinct(errorCode, `${path}errorCode`) } : {}),
  };
}

function distinct<T>(list: readonly T[], field: string): T[] {
  if (list.length === 0) throw badInput(field, 'at least one value (leave it out for all)');
  if (list.length > 100) throw badInput(field, 'at most 100 values');
  return [...new Set(list)].sort();
}

/** SQL: the conditions on a row of campaign_recipients (alias r). */
export function recipientConditions({ status, outcome, errorCode }: RecipientFilter, bind: Bind): string[] {
  return [
    ...(status ? [`r.status = ANY (${bind(status)}::text[])`] : []),
    ...(outcome ? [`(${outcome.map((one) => outcomeConditions[one]).join(' OR ')})`] : []),
    ...(errorCode ? [`r.status = '${FAILED}' AND r.error_code = ANY (${bind(errorCode)}::int[])`] : []),
  ];
}

/**
 * SQL: the conditions that a block of recipients may have some of the filter. A block is `p.block`, and what occurs in it
 * `b.seen`, null where that is not known.
 * @param campaign SQL: the campaign's id
 */
export function blockConditions(
  { status, outcome, errorCode }: RecipientFilter,
  campaign: string,
  bind: Bind,
): string[] {
  const found: string[] = [];
  if (status) found.push(statusBlocks(status, campaign, bind));
  if (outcome) found.push(anyBit(outcome.map(outcomeBits), bind));
  if (errorCode) found.push(anyBit(errorCode.map(codeBit), bind));
  return found;
}

function statusBlocks(status: readonly RecipientStatus[], campaign: string, bind: Bind): string {
  const bits = anyBit(
    status.map((one) => statusBit(one) ?? 0n),
    bind,
  );
  return status.includes(QUEUED) || status.includes(SENDING) ? `(${bits} OR ${mayWait(campaign)})` : bits;
}

/** SQL: whether a block may have recipients who are queued or being sent to. */
function mayWait(campaign: string): string {
  return `p.block >= coalesce((SELECT (f.next_seq - 1) / ${blockSize} FROM campaign_feeds f WHERE f.campaign_id = ${campaign}), 0)
    OR EXISTS (SELECT FROM delivery_followups u WHERE u.campaign_id = ${campaign}
      AND u.seq BETWEEN p.block * ${blockSize} + 1 AND (p.block + 1) * ${blockSize})
    OR p.block = ANY (ARRAY(SELECT DISTINCT (held.seq - 1) / ${blockSize} FROM delivery_claims d
      CROSS JOIN unnest(d.seqs) AS held (seq) WHERE d.campaign_id = ${campaign}))`;
}

function outcomeBits(outcome: RecipientOutcome): bigint {
  const reaction = reactionOfOutcome[outcome];
  if (reaction) return reactionBit(reaction);
  return (statusesOfOutcome[outcome] ?? sent).reduce((bits, status) => bits | (statusBit(status) ?? 0n), 0n);
}

function anyBit(bits: readonly bigint[], bind: Bind): string {
  const mask = bits.reduce((all, one) => all | one, 0n);
  return `(b.seen & ${bind(String(mask))}::bigint) IS DISTINCT FROM 0`;
}

/**
 * What a filter comes down to, if the counters know how many that are: statuses; a reaction, or its absence among those
 * sent to; or codes of failures. Undefined for all others. Pure.
 */
export type Countable =
  | { statuses: readonly RecipientStatus[] }
  | { reaction: 'clicked' | 'converted' | 'replied'; missing: boolean }
  | { codes: readonly number[] };

export function countable(filter: RecipientFilter): Countable | undefined {
  const { status, outcome, errorCode } = filter;
  const statuses = statusesOf(filter);
  if (errorCode && statuses) return { codes: statuses.includes(FAILED) ? errorCode : [] };
  if (errorCode) return outcome ? undefined : { codes: errorCode };
  if (statuses) return { statuses };
  if (status || outcome?.length !== 1) return undefined;
  const [only] = outcome;
  if (only === RecipientOutcome.NOT_CLICKED) return { reaction: 'clicked', missing: true };
  if (only === RecipientOutcome.NOT_CONVERTED) return { reaction: 'converted', missing: true };
  const reaction = only && reactionOfOutcome[only];
  return reaction && { reaction, missing: false };
}

/** The statuses that `status` and `outcome` together leave; undefined when an outcome is about something else, or without both. */
function statusesOf({ status, outcome }: RecipientFilter): readonly RecipientStatus[] | undefined {
  const ofOutcome = outcome?.map((one) => statusesOfOutcome[one]);
  if (ofOutcome?.includes(undefined)) return undefined;
  const wanted = ofOutcome && new Set(ofOutcome.flatMap((one) => one ?? []));
  if (!wanted) return status ?? undefined;
  return status ? status.filter((one) => wanted.has(one)) : [...wanted];
}
