import { z } from 'zod';
import type { Problem } from './control-body';
import type { Graph } from './graph';
import { select, selectionFields } from './selection';

/** Commands about accepted messages: statuses told on demand, webhooks told again, held messages let go. */

const unixSeconds = z.number().int().min(0);
/** How often the same webhook is sent. */
const repeats = z.number().int().min(1).max(100).optional();

function chosen(selection: Record<string, unknown>): boolean {
  return Object.keys(selectionFields).some((field) => selection[field] !== undefined);
}
const MISSING_SELECTION = {
  path: ['messageId'],
  message: 'expected at least one of messageId, to, phoneNumberId and callbackData',
};

export const statusSchema = z
  .strictObject({
    ...selectionFields,
    /** Any text: a status that nobody knows is told like the others. */
    status: z.string().min(1),
    /** The error of a `failed`; any code, also one that Meta does not document. */
    code: z.number().int().min(0).optional(),
    timestamp: unixSeconds.optional(),
    withoutCallbackData: z.boolean().optional(),
    withoutPhone: z.boolean().optional(),
    times: repeats,
  })
  .refine(chosen, MISSING_SELECTION)
  .refine(({ status, code }) => status !== 'failed' || code !== undefined, {
    path: ['code'],
    message: 'expected the error code of the failure',
  });

export const redeliverSchema = z
  .strictObject({ ...selectionFields, statuses: z.array(z.string()).min(1).optional(), times: repeats })
  .refine(chosen, MISSING_SELECTION);

export const heldSchema = z.strictObject({
  ...selectionFields,
  action: z.enum(['release', 'drop']),
  /** The failure of dropped messages: 132015 (template pacing) unless given, 135000 is portfolio pacing. */
  code: z.number().int().min(0).optional(),
});

/** Any change of any webhook, also one that no documentation names. */
export const webhookSchema = z.strictObject({
  /** The entry's id; the account of `phoneNumberId`, or the first one, unless given. */
  wabaId: z.string().optional(),
  phoneNumberId: z.string().optional(),
  field: z.string(),
  value: z.looseObject({}),
  times: repeats,
});

type Result = Record<string, number> | Problem;
const NO_MESSAGE: Problem = { field: 'messageId', expected: 'an accepted message' };

/** Tells a status of every selected message. */
export function tellStatuses(
  { world, delivery, webhooks }: Graph,
  body: z.infer<typeof statusSchema>,
): Result {
  const { status, code, timestamp, withoutCallbackData, withoutPhone, times = 1, ...selection } = body;
  const entries = select(world.ledger, selection);
  if (entries.length === 0) return NO_MESSAGE;
  const variation = {
    ...(timestamp !== undefined && { timestamp }),
    ...(withoutCallbackData !== undefined && { withoutCallbackData }),
    ...(withoutPhone !== undefined && { withoutPhone }),
  };
  for (const entry of entries) {
    for (let i = 0; i < times; i++) delivery.tellNow(entry, status, code, variation);
  }
  webhooks.flush();
  return { told: entries.length * times };
}

/** Sends the statuses that were told of the selected messages again, with the same timestamps. */
export function redeliver(
  { world, delivery, webhooks }: Graph,
  body: z.infer<typeof redeliverSchema>,
): Result {
  const { statuses = null, times = 1, ...selection } = body;
  let told = 0;
  for (const entry of select(world.ledger, selection)) {
    for (let i = 0; i < times; i++) told += delivery.tellAgain(entry, statuses);
  }
  webhooks.flush();
  return told > 0 ? { told } : { field: 'messageId', expected: 'a message that has had such a status' };
}

/** Without a selection: every message that is held. */
export function endHolds({ world, delivery, webhooks }: Graph, body: z.infer<typeof heldSchema>): Result {
  const { action, code = 132015, ...selection } = body;
  const changed = select(world.ledger, selection).filter((entry) =>
    delivery.endHold(entry, action === 'drop' ? code : null),
  ).length;
  webhooks.flush();
  return { changed };
}

export function sendWebhook({ world, webhooks }: Graph, body: z.infer<typeof webhookSchema>): Result {
  const { field, value, times = 1 } = body;
  const wabaId = body.wabaId ?? world.accounts.wabaOf(world.accounts.sender(body.phoneNumberId ?? '0'));
  for (let i = 0; i < times; i++) webhooks.push({ kind: 'change', wabaId, change: { field, value } });
  webhooks.flush();
  return { told: times };
}
