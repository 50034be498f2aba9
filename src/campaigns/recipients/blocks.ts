import { RecipientStatus } from '../recipient-status';

/**
 * What occurs among each 256 recipients of a campaign, as bits (campaign_recipient_blocks): so that a page of few people
 * among a million reads only the blocks that may have some of them. Whoever moves recipients adds the bits of their new
 * state in the same statement, and only those that are not there yet. Bits are never taken away: a block with a bit may
 * have such recipients, a block without it has none. A block without a row may have anything.
 *
 * QUEUED and SENDING have no bits, since everybody is both at first: the feed, the follow-ups and the claims tell where
 * they are.
 */
export const blockSize = 256;

const { UNCONFIRMED, SENT, DELIVERED, READ, FAILED, SKIPPED, EXCLUDED } = RecipientStatus;

const statusBits: Partial<Record<RecipientStatus, bigint>> = {
  [UNCONFIRMED]: 1n,
  [SENT]: 2n,
  [DELIVERED]: 4n,
  [READ]: 8n,
  [FAILED]: 16n,
  [SKIPPED]: 32n,
  [EXCLUDED]: 64n,
};
const reactionBits = { clicked: 128n, converted: 256n, replied: 512n } as const;
/** Error codes of failed recipients share what is left of 62 bits. */
const firstCodeBit = 16;
const codeBits = 46;

/** The bit of a status; undefined for the statuses that have none. */
export function statusBit(status: RecipientStatus): bigint | undefined {
  return statusBits[status];
}

export function reactionBit(reaction: keyof typeof reactionBits): bigint {
  return reactionBits[reaction];
}

/** The bit of recipients who failed with an error code; other codes may have the same. */
export function codeBit(code: number): bigint {
  return 1n << BigInt(firstCodeBit + ((code & 0x7fffffff) % codeBits));
}

/**
 * SQL: the bits of recipients who have got a status; 0 where there are none.
 * @param status SQL: the status
 * @param code SQL: the error code, which may be null
 */
export function movedBits(status: string, code: string): string {
  const cases = Object.entries(statusBits).map(([name, bit]) => `WHEN '${name}' THEN ${bit}`);
  return `(CASE ${status} ${cases.join(' ')} ELSE 0 END::bigint
    | CASE WHEN ${status} = '${FAILED}' THEN 1::bigint << (${firstCodeBit} + (coalesce(${code}, 0) & 2147483647) % ${codeBits}) ELSE 0 END)`;
}

/** SQL: all bits of a row of campaign_recipients as it is. @param r SQL: its alias */
export function rowBits(r: string): string {
  const reactions = Object.entries(reactionBits).map(
    ([name, bit]) => `CASE WHEN ${r}.${name}_at IS NOT NULL THEN ${bit} ELSE 0 END`,
  );
  return [movedBits(`${r}.status`, `${r}.error_code`), ...reactions].join(' | ');
}

/**
 * SQL: adds bits to blocks, for a WITH of the statement that moves the recipients. The caller has locked the campaigns
 * (`ordered`) before, so that two writers of one campaign cannot wait for each other here.
 * @param moved SQL: the moved recipients, with campaign_id and seq
 * @param bits SQL: the bits of one of them
 */
export function noteBlocks(moved: string, bits: string): string {
  return `UPDATE campaign_recipient_blocks b SET seen = b.seen | n.bits
    FROM (SELECT campaign_id, (seq - 1) / ${blockSize} AS block, bit_or(${bits}) AS bits FROM ${moved} GROUP BY 1, 2) n
      JOIN ordered ON ordered.id = n.campaign_id
    WHERE b.campaign_id = n.campaign_id AND b.block = n.block AND b.seen | n.bits <> b.seen`;
}

/**
 * SQL: the blocks of new recipients, all of them QUEUED up to `total` and EXCLUDED after it.
 * @param people SQL: how many recipients there are, the excluded among them
 */
export function newBlocks(campaign: string, total: string, people: string): string {
  return `INSERT INTO campaign_recipient_blocks (campaign_id, block, seen)
    SELECT ${campaign}, block, CASE WHEN (block + 1) * ${blockSize} > ${total} THEN ${statusBits[EXCLUDED]} ELSE 0 END
    FROM generate_series(0, (${people} - 1) / ${blockSize}) AS block WHERE ${people} > 0`;
}
