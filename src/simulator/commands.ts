import { z } from 'zod';
import type { Problem } from './control-body';
import type { Services } from './services';
import { select, selectionFields } from './selection';

/** Commands for accepted messages: report a status, resend webhooks, release or drop held messages. */

const unixSeconds = z.number().int().min(0);
/** How many times the same webhook is sent. */
const repeats = z.number().int().min(1).max(100).optional();

function hasSelection(selection: Record<string, unknown>): boolean {
  return Object.keys(selectionFields).some((field) => selection[field] !== undefined);
}
const MISSING_SELECTION = {
  path: ['messageId'],
  message: 'expected at least one of messageId, to, phoneNumberId and callbackData',
};

export const statusSchema = z
  .strictObject({
    ...selectionFields,
    /** Any text, also an undocumented status. */
    status: z.string().min(1),
    /** Error code of a `failed` status; any integer, also an undocumented code. */
    code: z.number().int().min(0).optional(),
    timestamp: unixSeconds.optional(),
    withoutCallbackData: z.boolean().optional(),
    withoutPhone: z.boolean().optional(),
    times: repeats,
  })
  .refine(hasSelection, MISSING_SELECTION)
  .refine(({ status, code }) => status !== 'failed' || code !== undefined, {
    path: ['code'],
    message: 'expected the error code of the failure',
  });

export const redeliverSchema = z
  .strictObject({ ...selectionFields, statuses: z.array(z.string()).min(1).optional(), times: repeats })
  .refine(hasSelection, MISSING_SELECTION);

export const heldSchema = z.strictObject({
  ...selectionFields,
  action: z.enum(['release', 'drop']),
  /** Error code of dropped messages: 132015 (template pacing, the default) or 135000 (portfolio pacing). */
  code: z.number().int().min(0).optional(),
});

/** An arbitrary webhook change, also an undocumented one. */
export const webhookSchema = z.strictObject({
  /** Id of the entry; defaults to the account of `phoneNumberId`, or to the first account. */
  wabaId: z.string().optional(),
  phoneNumberId: z.string().optional(),
  field: z.string(),
  value: z.looseObject({}),
  times: repeats,
});

type Result = Record<string, number> | Problem;
const NO_MESSAGE: Problem = { field: 'messageId', expected: 'an accepted message' };

/** Sends a status webhook for every selected message. */
export function reportStatuses(
  { state, delivery, webhooks }: Services,
  body: z.infer<typeof statusSchema>,
): Result {
  const { status, code, timestamp, withoutCallbackData, withoutPhone, times = 1, ...selection } = body;
  const entries = select(state.ledger, selection);
  if (entries.length === 0) return NO_MESSAGE;
  const variation = {
    ...(timestamp !== undefined && { timestamp }),
    ...(withoutCallbackData !== undefined && { withoutCallbackData }),
    ...(withoutPhone !== undefined && { withoutPhone }),
  };
  for (const entry of entries) {
    for (let i = 0; i < times; i++) delivery.sendStatus(entry, status, code, variation);
  }
  webhooks.flush();
  return { sent: entries.length * times };
}

/** Sends the reported statuses of the selected messages again, with unchanged timestamps. */
export function redeliver(
  { state, delivery, webhooks }: Services,
  body: z.infer<typeof redeliverSchema>,
): Result {
  const { statuses = null, times = 1, ...selection } = body;
  let sent = 0;
  for (const entry of select(state.ledger, selection)) {
    for (let i = 0; i < times; i++) sent += delivery.resendStatuses(entry, statuses);
  }
  webhooks.flush();
  return sent > 0
    ? { sent }
    : { field: 'messageId', expected: 'a message with a reported status of this kind' };
}

/** Releases or drops the selected held messages; all of them if nothing is selected. */
export function endHolds({ state, delivery, webhooks }: Services, body: z.infer<typeof heldSchema>): Result {
  const { action, code = 132015, ...selection } = body;
  const changed = select(state.ledger, selection).filter((entry) =>
    delivery.endHold(entry, action === 'drop' ? code : null),
  ).length;
  webhooks.flush();
  return { changed };
}

export function sendWebhook({ state, webhooks }: Services, body: z.infer<typeof webhookSchema>): Result {
  const { field, value, times = 1 } = body;
  const wabaId = body.wabaId ?? state.accounts.wabaOf(state.accounts.sender(body.phoneNumberId ?? '0'));
  for (let i = 0; i < times; i++) webhooks.push({ kind: 'change', wabaId, change: { field, value } });
  webhooks.flush();
  return { sent: times };
}
