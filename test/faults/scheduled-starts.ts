import type { App } from '../support/app';
import { scheduleCampaign } from '../support/schedules';
import { waitFor } from '../support/wait';
import type { FaultRig } from './rig';

/** The promise: so long after its time, or after what it needs is there again. */
const promisedMs = 5000;
/** Campaigns that are due at the same moment. */
export interface DueAtOnce {
  ids: string[];
  sendAt: Date;
}

/** While this lasted, nothing could start. In ms, as Date.now() gives them. */
export interface Outage {
  from: number;
  to: number;
}

/** A start, as the database noted it; `at` is before its transaction was committed. */
interface Start {
  campaign_id: string;
  at: Date;
}

/** What was wrong with the starts, and how long each campaign waited after it could start, in ms. */
interface Judged {
  problems: string[];
  waits: number[];
}

/** Makes the database note every start of a scheduled campaign, in the transaction of the start. */
export async function noteStarts(app: App): Promise<void> {
  await app.database.query(
    `CREATE TABLE starts (campaign_id uuid, at timestamptz);
     CREATE FUNCTION note_start() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO starts VALUES (NEW.id, clock_timestamp()); RETURN NULL; END $$;
     CREATE TRIGGER note_start AFTER UPDATE ON campaigns FOR EACH ROW
       WHEN (OLD.status = 'SCHEDULED' AND NEW.status <> 'SCHEDULED') EXECUTE FUNCTION note_start()`,
  );
}

/** So many campaigns to so many people each, all scheduled for the same moment. */
export async function scheduleAtOnce(
  rig: FaultRig,
  schedules: number,
  recipients: number,
  input: Record<string, unknown> = {},
): Promise<DueAtOnce> {
  const began = Date.now();
  const ids = await Promise.all(Array.from({ length: schedules }, () => rig.draft(recipients, input)));
  // a slow machine takes longer for setting them, too
  const sendAt = new Date(Date.now() + 10_000 + 2 * (Date.now() - began));
  await Promise.all(ids.map((id) => scheduleCampaign(rig.app, id, { sendAt: sendAt.toISOString() })));
  return { ids, sendAt };
}

/** The starts of these campaigns so far, in their order. */
function startsOf(app: App, ids: readonly string[]): Promise<Start[]> {
  return app.database.query(
    `SELECT campaign_id, at FROM starts WHERE campaign_id = ANY ($1::uuid[]) ORDER BY at`,
    [ids],
  );
}

/** Waits until each of these campaigns has started at least once. */
export async function allStarted(app: App, { ids }: DueAtOnce): Promise<void> {
  await waitFor(
    async () => new Set((await startsOf(app, ids)).map((one) => one.campaign_id)).size === ids.length,
    { what: 'all campaigns have started', timeoutMs: 30_000 },
  );
}

/** Whether each campaign started once, not before its time, and within the promise. */
export async function judgeStarts(
  app: App,
  { ids, sendAt }: DueAtOnce,
  outages: readonly Outage[],
): Promise<Judged> {
  const starts = await startsOf(app, ids);
  const waits = starts.map(({ at }) => waited(at.getTime(), sendAt.getTime(), outages));
  return {
    waits,
    problems: [
      ...starts.filter(({ at }) => at < sendAt).map(({ campaign_id: id }) => `${id} started too early`),
      ...(starts.length === ids.length ? [] : [`${starts.length} starts of ${ids.length} campaigns`]),
      ...waits.filter((ms) => ms > promisedMs).map((ms) => `started ${ms} ms after it could`),
    ],
  };
}

/** From the time of the schedules, or the end of the latest outage, to the start; 0 for what was back and has not said so yet. */
function waited(at: number, sendAt: number, outages: readonly Outage[]): number {
  const last = outages.filter(({ from }) => from <= at).at(-1);
  return Math.max(0, at - Math.max(sendAt, last?.to ?? 0));
}
