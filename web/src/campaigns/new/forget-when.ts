/** Where the browser keeps when a draft is to be sent. */
export function keyOf(campaignId: string): string {
  return `dakiya.when.${campaignId}`;
}

/** Apart from what reads it: the list of campaigns needs this alone. */
export function forgetWhen(campaignId: string): void {
  try {
    localStorage.removeItem(keyOf(campaignId));
  } catch {
    // storage is blocked: nothing is kept
  }
}
