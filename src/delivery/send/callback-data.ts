/**
 * Our own words on a message, `campaign:seq:claim`: they come back in each of its statuses and lead to the row by
 * its primary key, even when the answer to the send was lost.
 */
export interface CallbackData {
  campaignId: string;
  seq: number;
  claimNo: number;
}

export function callbackData({ campaignId, seq, claimNo }: CallbackData): string {
  return `${campaignId}:${seq}:${claimNo}`;
}

/** Undefined when the text is none of ours. */
export function parseCallbackData(text: string | undefined): CallbackData | undefined {
  const [, campaignId, seq, claimNo] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9}):(\d{1,9})$/.exec(text ?? '') ?? [];
  return campaignId ? { campaignId, seq: Number(seq), claimNo: Number(claimNo) } : undefined;
}
