/** WhatsApp's times are whole seconds of another clock than ours. */
export const clockSkewSeconds = 5;

/** Whether an event is dated before its message was sent, by more than the clocks can differ. */
export function isBefore(at: Date, sentAt: Date | null | undefined): boolean {
  return sentAt != null && at.getTime() < sentAt.getTime() - clockSkewSeconds * 1000;
}
