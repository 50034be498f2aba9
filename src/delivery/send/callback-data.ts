/**
 * The text that travels with a message, `campaign:seq:claim number`. It comes back in each status of the message and leads
 * to the row by its primary key, even if the answer to the post was lost.
 */
export interface CallbackData {
  campaignId: string;
  seq: number;
  claimNo: number;
}

export function callbackData({ campaignId, seq, claimNo }: CallbackData): string {
  return `${campaignId}:${seq}:${claimNo}`;
}

/** Undefined when the text is not ours. */
export function parseCallbackData(text: string | undefined): CallbackData | undefined {
  const [, campaignId, seq, claimNo] =
    /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,9}):(\d{1,9})$/.exec(text ?? '') ?? [];
  return campaignId ? { campaignId, seq: Number(seq), claimNo: Number(claimNo) } : undefined;
}
