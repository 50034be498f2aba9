import { SkippedReason } from '../../campaigns/recipient-status';
import type { RecipientFields } from './recipient';

/** What happens to a message and its person, in the order in which it is told within a second. */
export enum RecipientEventKind {
  SENT = 'SENT',
  DELIVERED = 'DELIVERED',
  READ = 'READ',
  FAILED = 'FAILED',
  CLICKED = 'CLICKED',
  CONVERTED = 'CONVERTED',
  REPLIED = 'REPLIED',
  SKIPPED = 'SKIPPED',
  OPTED_OUT = 'OPTED_OUT',
  RETRIED = 'RETRIED',
}

/** A recipient who went back to the queue after an attempt. */
export interface Retry {
  seq: number;
  at: Date;
  /** If it had failed for good before. */
  failedAt: Date | null;
  errorText: string | null;
}

export interface StoryEvent {
  event: RecipientEventKind;
  at: Date;
  detail: string | null;
}

const order = Object.values(RecipientEventKind);

const skippedInWords: Record<SkippedReason, string> = {
  [SkippedReason.OPTED_OUT]: 'The person opted out before the message was sent',
  [SkippedReason.CANCELLED]: 'The campaign was cancelled',
  [SkippedReason.DEADLINE]: 'The deadline of the campaign had passed',
  [SkippedReason.DUPLICATE_PHONE]: 'The campaign has the new number of this person already',
};

/** One person's story, oldest first. WhatsApp's times are whole seconds, ours are not: within a second the kinds decide. Pure. */
export function storyOf(recipient: RecipientFields, retries: readonly Retry[]): StoryEvent[] {
  const { SENT, DELIVERED, READ, FAILED, CLICKED, CONVERTED, REPLIED, SKIPPED, OPTED_OUT, RETRIED } =
    RecipientEventKind;
  const { skippedReason, errorText } = recipient;
  const skipped = skippedReason && skippedInWords[skippedReason];
  const told: [RecipientEventKind, Date | null, (string | null)?][] = [
    [SENT, recipient.sentAt],
    [DELIVERED, recipient.deliveredAt],
    [READ, recipient.readAt],
    [FAILED, recipient.failedAt, errorText],
    [CLICKED, recipient.clickedAt],
    [CONVERTED, recipient.convertedAt],
    [REPLIED, recipient.repliedAt],
    [SKIPPED, recipient.skippedAt, skipped],
    [OPTED_OUT, recipient.optedOutAt],
    ...retries.flatMap((retry): typeof told => [
      [FAILED, retry.failedAt, retry.errorText],
      [RETRIED, retry.at, retry.failedAt ? null : retry.errorText],
    ]),
  ];
  const events = told.flatMap(([event, at, detail = null]) => (at ? [{ event, at, detail }] : []));
  const second = ({ at }: StoryEvent) => Math.floor(at.getTime() / 1000);
  return events.sort(
    (a, b) =>
      second(a) - second(b) ||
      order.indexOf(a.event) - order.indexOf(b.event) ||
      a.at.getTime() - b.at.getTime(),
  );
}
