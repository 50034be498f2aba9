import { z } from 'zod';
import { isKnownCode } from './errors';

/**
 * What the simulator does beyond answering: delays, shares, faults. `PUT /_simulator/behaviour` takes
 * any part of it. Groups with fixed keys of their own (`webhooks`) are merged key by key; maps and
 * ranges (`failures`, `faults`, `perNumber`, `perTemplate`, `perSender`, the delays) are replaced
 * whole, so that `{"failures": {}}` means no failures.
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

/** Ways in which one call goes wrong. Those with `AfterAccept` take the message, and it goes out. */
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

const numberOverride = z.strictObject({
  /** Refuse the call with this error; `times` limits how often, then it goes through. */
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
  /** How many messages fail with `fail` before the next ones are delivered; without it, all. */
  failTimes: times.optional(),
  /** Accept, and never report anything. */
  silent: z.boolean().optional(),
  /** Hold the answer back. */
  delayMs: milliseconds.optional(),
  fault: z.enum(FAULTS).optional(),
  /** How often `fault` happens before calls go through; without it, always. */
  faultTimes: times.optional(),
  /** WhatsApp's form of this number in answers, statuses and inbound messages, whatever `rewriteWaId` says. */
  waId: z
    .string()
    .regex(/^\+?\d{7,15}$/, 'expected a phone number')
    .optional(),
  /** Webhooks name this person by a user id only. */
  withoutPhone: z.boolean().optional(),
  /** Statuses of this person's messages do not carry the callback data. */
  withoutCallbackData: z.boolean().optional(),
  statusTimestamp: unixSeconds.optional(),
  /** Template messages to this person are held until `POST /_simulator/held`. */
  held: z.boolean().optional(),
});
const errorSwitch = z.strictObject({
  code: z.number().int(),
  times: times.optional(),
  details: z.string().optional(),
});

const webhooks = z.strictObject({
  enabled: z.boolean(),
  /** Status updates in one POST, at most. */
  batchSize: z.number().int().min(1).max(1000),
  /** How long an incomplete batch waits for company. */
  flushMs: milliseconds,
  /** Parallel POSTs. */
  connections: z.number().int().min(1).max(256),
  /** Share of updates that are sent again, `duplicateTimes` more times, up to a second later. */
  duplicateShare: share,
  duplicateTimes: z.number().int().min(1).max(10),
  /** Hold every update back for a part of `shuffleWindowMs` and mix each batch. */
  shuffle: z.boolean(),
  shuffleWindowMs: milliseconds,
  /** Share of messages whose `sent` webhook is acknowledged before their POST is answered. */
  raceShare: share,
  /** Shares of POSTs with a wrong signature, or none. They are repeated with the right one. */
  badSignatureShare: share,
  unsignedShare: share,
  /** Share of statuses that are followed by a status value which a client cannot know. */
  unknownStatusShare: share,
  /** Share of statuses that do not carry `biz_opaque_callback_data`. */
  withoutCallbackDataShare: share,
  /** Collect and send nothing until this is false again. */
  pauseUntilResumed: z.boolean(),
  timeoutMs: milliseconds,
  /** The gaps between tries double from the first to the longest; after `giveUpAfterMs` (Meta: seven days) the batch is dropped. */
  retryFirstMs: milliseconds,
  retryMaxMs: milliseconds,
  giveUpAfterMs: milliseconds,
});

const behaviour = z.strictObject({
  seed: z.number().int().min(0).max(0xffffffff),
  /** How long a successful answer takes. */
  latencyMs: range,
  /** After acceptance, after `sent`, after `delivered`, after `delivered` or `read`, after the click. */
  sentDelayMs: range,
  deliveredDelayMs: range,
  readDelayMs: range,
  clickDelayMs: range,
  conversionDelayMs: range,
  /** Of those that did not fail. The others stay at `sent`. */
  deliveredShare: share,
  /** Of delivered. */
  readShare: share,
  /** Of read: no `delivered` is reported for them. */
  skipDeliveredShare: share,
  /** Of delivered, where the message has a tracked link. */
  clickShare: share,
  /** Of clicked; needs `shop`. */
  conversionShare: share,
  /** Of delivered with a tracked link: a preview robot fetches it before the person does. */
  previewShare: share,
  /** Failures told by webhook: code to share of accepted messages. */
  failures: z.record(
    z.string().refine((key) => isKnownCode(Number(key)), 'expected an error code of the Cloud API'),
    share,
  ),
  /** Of the failing: `sent` is reported first. */
  failAfterSentShare: share,
  faults: z.partialRecord(z.enum(FAULTS), share),
  /** By recipient in E.164, by template name (or `name/language`), by phone-number-id (or `*`). */
  perNumber: z.record(z.string(), numberOverride),
  perTemplate: z.record(z.string(), errorSwitch),
  perSender: z.record(z.string(), errorSwitch),
  webhooks,
  /** Throughput of every number; `perNumber` leaves each its own (80 unless registered otherwise), 0 or null is unlimited. */
  messagesPerSecond: z.union([z.number().min(0), z.null(), z.literal('perNumber')]),
  /** HTTP status of 130429; 429 comes with Retry-After. */
  throttleHttp: z.union([z.literal(400), z.literal(429)]),
  pairLimit: z.boolean(),
  templateReviewMs: milliseconds,
  /** Fetch media links before accepting, as Meta does. */
  fetchMedia: z.boolean(),
  /** Free-form messages to people who did not write within 24 hours fail with 131047. */
  serviceWindow: z.boolean(),
  /**
   * Form of Brazilian, Mexican and Argentine numbers in send answers, statuses and inbound webhooks.
   * true: WhatsApp's (no ninth digit, 521…, 549…); "dialled": the opposite; false: as sent.
   */
  rewriteWaId: z.union([z.boolean(), z.literal('dialled')]),
  /** Share of people whom webhooks name by a user id only, without a phone number. */
  withoutPhoneShare: share,
  /** Timestamp of every status, in Unix seconds; null is the true time. */
  statusTimestamp: z.union([unixSeconds, z.null()]),
  /** Of template messages: answered `held_for_quality_assessment`, then nothing until `POST /_simulator/held`. */
  heldShare: share,
  /** When set, the numbers behave like test numbers: anybody else gets 131030. */
  allowedRecipients: z.union([z.array(z.string()), z.null()]),
  unknownNumbers: z.array(z.string()),
  /** Where conversions come from: the product's business and a token for `POST /conversions`. */
  shop: z.union([
    z.strictObject({ businessId: z.string(), token: z.string(), currency: z.string().optional() }),
    z.null(),
  ]),
});
const behaviourPatch = behaviour.partial().extend({ webhooks: webhooks.partial().optional() });

export type Behaviour = z.infer<typeof behaviour>;
type BehaviourPatch = z.infer<typeof behaviourPatch>;
export type NumberOverride = z.infer<typeof numberOverride>;

/** A demonstration in which every rate shows within seconds. */
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
    throttleHttp: 400,
    pairLimit: true,
    templateReviewMs: 0,
    fetchMedia: false,
    serviceWindow: false,
    rewriteWaId: false,
    withoutPhoneShare: 0,
    statusTimestamp: null,
    heldShare: 0,
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
