import { z } from 'zod';
import { isKnownCode } from './errors';

/**
 * Configurable behaviour: delays, shares of outcomes, faults. `PUT /_simulator/behaviour` accepts any
 * subset. `webhooks` is merged key by key. Maps and ranges (`failures`, `faults`, `perNumber`,
 * `perTemplate`, `perSender`, the delays) are replaced as a whole, so that `{"failures": {}}` removes
 * all failures.
 */

const share = z.number().min(0).max(1);
const milliseconds = z
  .number()
  .min(0)
  .max(86_400_000 * 30);
const range = z
  .strictObject({ min: milliseconds, max: milliseconds })
  .refine((value) => value.max >= value.min, 'max must not be below min');
const times = z.number().int().min(1);
/** Up to the year 9999. */
const unixSeconds = z.number().int().min(0).max(253_402_300_799);

/** Faults of a single call. With the `AfterAccept` faults the message is accepted and delivered nevertheless. */
const FAULTS = [
  'http500',
  'http503',
  'html502',
  'code2',
  'code131016',
  'code131000',
  'throttle429',
  'resetBeforeAccept',
  'resetAfterAccept',
  'timeoutAfterAccept',
  'http502AfterAccept',
  'truncatedAfterAccept',
] as const;
export type Fault = (typeof FAULTS)[number];

/**
 * `regular`: it is charged. The next three are free: by their `type`, by the `subtype`, and by their type without
 * `billable`, which Meta is about to drop. `none`: statuses have no `pricing`, though it is charged.
 */
const SERVICE_PRICINGS = [
  'regular',
  'free_customer_service',
  'free_entry_point',
  'paid_exempt',
  'withoutBillable',
  'none',
] as const;
export type ServicePricing = (typeof SERVICE_PRICINGS)[number];

const numberOverride = z.strictObject({
  /** Refuse the call with this error; after `times` refusals the next calls succeed. */
  respond: z
    .strictObject({
      http: z.number().int().min(200).max(599),
      code: z.number().int(),
      details: z.string().optional(),
      times: times.optional(),
    })
    .optional(),
  /** Accept, then report this failure by webhook; any code, also one that Meta does not document. */
  fail: z.number().int().min(0).optional(),
  /** How many messages fail with `fail` before the next ones are delivered; all if absent. */
  failTimes: times.optional(),
  /** Accept the message and never report a status. */
  silent: z.boolean().optional(),
  /** Delay the response. */
  delayMs: milliseconds.optional(),
  fault: z.enum(FAULTS).optional(),
  /** How often `fault` occurs before calls succeed; always if absent. */
  faultTimes: times.optional(),
  /** The `wa_id` of this number in send responses, statuses and inbound messages; overrides `rewriteWaId`. */
  waId: z
    .string()
    .regex(/^\+?\d{7,15}$/, 'expected a phone number')
    .optional(),
  /** Webhooks identify this person by user id only, without the phone number. */
  withoutPhone: z.boolean().optional(),
  /** Statuses of this person's messages lack `biz_opaque_callback_data`. */
  withoutCallbackData: z.boolean().optional(),
  statusTimestamp: unixSeconds.optional(),
  /** Template messages to this person are held until `POST /_simulator/held`; "paused": the answer says so instead. */
  held: z.union([z.boolean(), z.literal('paused')]).optional(),
});
const errorSwitch = z.strictObject({
  code: z.number().int(),
  times: times.optional(),
  details: z.string().optional(),
});

const webhooks = z.strictObject({
  enabled: z.boolean(),
  /** Maximum number of updates in one POST. */
  batchSize: z.number().int().min(1).max(1000),
  /** How long an incomplete batch waits for more updates. */
  flushMs: milliseconds,
  /** Maximum number of parallel POSTs. */
  connections: z.number().int().min(1).max(256),
  /** Share of updates that are sent again `duplicateTimes` times, each up to one second later. */
  duplicateShare: share,
  duplicateTimes: z.number().int().min(1).max(10),
  /** Delay every update by a random part of `shuffleWindowMs` and fill each batch in random order. */
  shuffle: z.boolean(),
  shuffleWindowMs: milliseconds,
  /** Share of messages whose `sent` webhook is acknowledged before the send is answered. */
  raceShare: share,
  /** Shares of POSTs with a wrong signature, or without one. Their retries are signed correctly. */
  badSignatureShare: share,
  unsignedShare: share,
  /** Share of statuses that are followed by an undocumented status value. */
  unknownStatusShare: share,
  /** Share of statuses without `biz_opaque_callback_data`. */
  withoutCallbackDataShare: share,
  /** Queue all updates and send none until this is false again. */
  pauseUntilResumed: z.boolean(),
  timeoutMs: milliseconds,
  /** The delay between retries doubles from `retryFirstMs` to `retryMaxMs`; after `giveUpAfterMs` (Meta: seven days) the batch is dropped. */
  retryFirstMs: milliseconds,
  retryMaxMs: milliseconds,
  giveUpAfterMs: milliseconds,
});

const behaviour = z.strictObject({
  seed: z.number().int().min(0).max(0xffffffff),
  /** Duration of a successful send. */
  latencyMs: range,
  /** Delays after, in this order: acceptance, `sent`, `delivered`, `delivered` or `read`, the click. */
  sentDelayMs: range,
  deliveredDelayMs: range,
  readDelayMs: range,
  clickDelayMs: range,
  conversionDelayMs: range,
  /** Share of the messages that did not fail; the others stay at `sent`. */
  deliveredShare: share,
  /** Share of delivered messages. */
  readShare: share,
  /** Share of read messages for which no `delivered` is reported. */
  skipDeliveredShare: share,
  /** Share of delivered messages that have a tracked link. */
  clickShare: share,
  /** Share of clicked messages; requires `shop`. */
  conversionShare: share,
  /** Share of delivered messages with a tracked link that a link preview bot fetches before any click. */
  previewShare: share,
  /** Failures reported by webhook: error code to share of accepted messages. */
  failures: z.record(
    z.string().refine((key) => isKnownCode(Number(key)), 'expected an error code of the Cloud API'),
    share,
  ),
  /** Share of failing messages for which `sent` is reported before `failed`. */
  failAfterSentShare: share,
  faults: z.partialRecord(z.enum(FAULTS), share),
  /** Keys: recipient in E.164; template name or `name/language`; phone-number-id or `*`. */
  perNumber: z.record(z.string(), numberOverride),
  perTemplate: z.record(z.string(), errorSwitch),
  perSender: z.record(z.string(), errorSwitch),
  webhooks,
  /** Throughput of every number; `perNumber` uses each number's own (80 unless registered otherwise), 0 or null means unlimited. */
  messagesPerSecond: z.union([z.number().min(0), z.null(), z.literal('perNumber')]),
  /** `whatsapp_business_manager_messaging_limit` of every number; enforced only with `beyondMessagingLimit`. */
  messagingLimit: z.string(),
  /**
   * What becomes of template messages to more people in 24 hours than the number's messaging limit, except to people
   * within the service window: refused with this error code, accepted and dropped silently, or (null) delivered.
   * Counted from the moment that this is set.
   */
  beyondMessagingLimit: z.union([
    z.number().int().refine(isKnownCode, 'expected an error code of the Cloud API'),
    z.literal('dropped'),
    z.null(),
  ]),
  /** HTTP status of error 130429; 429 adds a Retry-After header. */
  throttleHttp: z.union([z.literal(400), z.literal(429)]),
  pairLimit: z.boolean(),
  templateReviewMs: milliseconds,
  /** What the review of a new or edited template ends with; null: it is approved as it was handed in. */
  templateReview: z
    .strictObject({
      status: z.enum(['APPROVED', 'REJECTED']),
      /** Of a rejection, e.g. PROMOTIONAL; INVALID_FORMAT if absent. */
      reason: z.string().optional(),
      /** Meta's decision, if it is not the category that was asked for. */
      category: z.enum(['MARKETING', 'UTILITY', 'AUTHENTICATION']).optional(),
    })
    .nullable(),
  /** Fetch media links before accepting a message, as Meta does. */
  fetchMedia: z.boolean(),
  /** Free-form messages to people who have not written in the last 24 hours fail with 131047. */
  serviceWindow: z.boolean(),
  /** What statuses say of the price of free-form messages to people who wrote in the 24 hours before. */
  serviceWindowPricing: z.enum(SERVICE_PRICINGS),
  /**
   * Form of Brazilian, Mexican and Argentine numbers in send responses, statuses and inbound webhooks.
   * true: WhatsApp's form (no ninth digit, 521…, 549…); "dialled": the opposite; false: unchanged.
   */
  rewriteWaId: z.union([z.boolean(), z.literal('dialled')]),
  /** Share of people whom webhooks identify by user id only, without a phone number. */
  withoutPhoneShare: share,
  /** Timestamp of every status, in Unix seconds; null uses the actual time. */
  statusTimestamp: z.union([unixSeconds, z.null()]),
  /** Share of template messages answered with `held_for_quality_assessment`; they stay held until `POST /_simulator/held`. */
  heldShare: share,
  /** `marketing_messages_onboarding_status` of all accounts; unless it is ONBOARDED, `/marketing_messages` answers 131055. */
  marketingOnboarding: z.string().min(1),
  /** Names of templates that `/marketing_messages` does not know yet: 134101. */
  marketingSyncing: z.array(z.string()),
  /** What becomes of a send with a user id in `to`: accepted and dropped silently, delivered, or refused with 131009. */
  userIdInTo: z.enum(['dropped', 'delivered', 'refused']),
  /** Answers to sends to a phone number name the person's user id as well. */
  userIdInAnswers: z.boolean(),
  /** If set, the numbers behave like Meta's test numbers: sends to any other recipient get 131030. */
  allowedRecipients: z.union([z.array(z.string()), z.null()]),
  unknownNumbers: z.array(z.string()),
  /** Business id and API token for the conversions that the simulator posts to `POST /conversions`. */
  shop: z.union([
    z.strictObject({ businessId: z.string(), token: z.string(), currency: z.string().optional() }),
    z.null(),
  ]),
});
const behaviourPatch = behaviour.partial().extend({ webhooks: webhooks.partial().optional() });

export type Behaviour = z.infer<typeof behaviour>;
type BehaviourPatch = z.infer<typeof behaviourPatch>;
export type NumberOverride = z.infer<typeof numberOverride>;

/** Defaults for a demonstration: every rate of a campaign becomes visible within seconds. */
export function defaultBehaviour(seed: number): Behaviour {
  return {
    seed,
    latencyMs: { min: 0, max: 0 },
    sentDelayMs: { min: 50, max: 400 },
    deliveredDelayMs: { min: 200, max: 2_000 },
    readDelayMs: { min: 500, max: 5_000 },
    clickDelayMs: { min: 500, max: 4_000 },
    conversionDelayMs: { min: 500, max: 4_000 },
    deliveredShare: 0.97,
    readShare: 0.7,
    skipDeliveredShare: 0.02,
    clickShare: 0.35,
    conversionShare: 0.25,
    previewShare: 0.1,
    failures: { '131026': 0.01, '131049': 0.005 },
    failAfterSentShare: 0.3,
    faults: {},
    perNumber: {},
    perTemplate: {},
    perSender: {},
    webhooks: {
      enabled: true,
      batchSize: 100,
      flushMs: 50,
      connections: 16,
      duplicateShare: 0.02,
      duplicateTimes: 1,
      shuffle: false,
      shuffleWindowMs: 2_000,
      raceShare: 0,
      badSignatureShare: 0,
      unsignedShare: 0,
      unknownStatusShare: 0,
      withoutCallbackDataShare: 0,
      pauseUntilResumed: false,
      timeoutMs: 10_000,
      retryFirstMs: 1_000,
      retryMaxMs: 30_000,
      giveUpAfterMs: 604_800_000,
    },
    messagesPerSecond: 'perNumber',
    messagingLimit: 'TIER_UNLIMITED',
    beyondMessagingLimit: null,
    throttleHttp: 400,
    pairLimit: true,
    templateReviewMs: 0,
    templateReview: null,
    fetchMedia: false,
    serviceWindow: false,
    serviceWindowPricing: 'regular',
    rewriteWaId: false,
    withoutPhoneShare: 0,
    statusTimestamp: null,
    heldShare: 0,
    userIdInTo: 'dropped',
    userIdInAnswers: false,
    marketingOnboarding: 'ELIGIBLE',
    marketingSyncing: [],
    allowedRecipients: null,
    unknownNumbers: [],
    shop: null,
  };
}

export function parseBehaviourPatch(body: unknown): z.ZodSafeParseResult<BehaviourPatch> {
  return behaviourPatch.safeParse(body);
}

export function mergeBehaviour(current: Behaviour, patch: BehaviourPatch): Behaviour {
  const { webhooks: webhooksPatch, ...rest } = patch;
  return { ...current, ...rest, webhooks: { ...current.webhooks, ...webhooksPatch } };
}
