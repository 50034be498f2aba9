import type { DataSource } from 'typeorm';
import type { AudienceService } from '../../audience/audience.service';
import { CampaignStatus } from '../../campaigns/campaign';
import type { Campaign } from '../../campaigns/campaign.entity';
import { campaignRepository } from '../../campaigns/campaign.repository';
import { changeCampaign } from '../../campaigns/change';
import type { PublishDeltas } from '../../campaigns/deltas';
import { writeStatus } from '../../campaigns/lifecycle';
import type { Change } from '../../campaigns/lifecycle';
import { firstDue, nextLook } from '../../campaigns/schedule/recipient-hours';
import { ScheduleTimeZone } from '../../campaigns/schedule/schedule';
import { rows } from '../../infra/database';
import { isUnavailable, UserError } from '../../infra/errors';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { Rounds } from '../../infra/rounds';
import { AudienceEmpty, isScheduledAsRead } from '../control/start';
import type { CampaignStarter } from '../control/start';
import { handOverFixed } from '../materialise';
import type { DeliveryQueue } from '../queue';
import { missedDeadline } from './skip-queued';

/** Every worker looks for due schedules this often. */
const roundMs = 1000;
/**
 * A campaign that was taken is due again after this, in case its worker died. The promise is five seconds: a round, this,
 * and the start itself.
 */
const leaseMs = 2000;
/** Campaigns that one worker starts at the same time. */
const atOnce = 4;
/** How long WhatsApp is asked about the template. */
const templatePatienceMs = 1500;

/** A campaign whose time has come; now is by the database's clock. */
interface Due {
  id: string;
  now: Date;
}

/**
 * Starts scheduled campaigns. Every worker looks by a timer of its own, apart from the sweep, since a start waits for
 * WhatsApp. PostgreSQL decides: one UPDATE takes a due campaign by making it due later, and the start itself is made with
 * the row locked, only while it is SCHEDULED and as it was read. So it starts once, whoever dies in between.
 */
export class ScheduleRunner {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: DataSource,
    private readonly starter: CampaignStarter,
    private readonly audiences: AudienceService,
    private readonly queue: DeliveryQueue,
    private readonly publish: PublishDeltas,
    private readonly log: Log,
  ) {
    this.rounds = new Rounds({
      everyMs: roundMs,
      work: () => this.runOnce(),
      messages: { waits: 'schedules have to wait', failed: 'looking for due schedules failed' },
      log,
    });
  }

  start(): void {
    this.rounds.run();
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  /** Starts all campaigns that are due. */
  async runOnce(): Promise<void> {
    const startUntilNoneIsDue = async () => {
      for (let due = await takeDue(this.database); due; due = await takeDue(this.database))
        await this.startDue(due);
    };
    await Promise.all(Array.from({ length: atOnce }, startUntilNoneIsDue));
  }

  /** A failure concerns one campaign: it is due again after the lease, and the others start. */
  private async startDue(due: Due): Promise<void> {
    try {
      failpoint('after_take_due');
      await this.decide(due);
    } catch (err) {
      const context = { err, campaignId: due.id };
      if (isUnavailable(err)) this.log.warn(context, 'a scheduled start has to wait');
      else this.log.error(context, 'a scheduled start failed; it is tried again');
    }
  }

  private async decide({ id, now }: Due): Promise<void> {
    const found = await campaignRepository(this.database).findOneBy({ id });
    if (found?.status !== CampaignStatus.SCHEDULED || !found.schedule) return;
    const { deadlineAt } = found;
    if (deadlineAt && deadlineAt <= now) return this.end(found, missedDeadline(deadlineAt));
    try {
      if (await this.isTooEarly(found, now)) return;
      if (!(await this.starter.startScheduled(found, templatePatienceMs))) return;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return this.end(found, failedStart(error));
    }
    this.log.info({ campaignId: id, sendAt: found.schedule.sendAt }, 'scheduled campaign started');
    failpoint('before_enqueue');
    await this.queue
      .materialise(id)
      .catch((err: unknown) =>
        this.log.warn({ err }, 'the job could not be queued; the sweep will start the work'),
      );
  }

  /** With RECIPIENT, before sendAt: whether nobody's hour has come yet. Then it is looked at again at the next hour. */
  private async isTooEarly(found: Campaign, now: Date): Promise<boolean> {
    const { schedule } = found;
    if (schedule?.timeZone !== ScheduleTimeZone.RECIPIENT || new Date(schedule.sendAt) <= now) return false;
    const first = await firstDue(this.database, await this.audiences.stored(found), schedule, now);
    const next = nextLook(schedule, first, now);
    if (next <= now) return false;
    await changeCampaign(this.database, this.publish, found.id, async (transaction, campaign) => {
      if (isScheduledAsRead(campaign, found))
        await rows(transaction, `/* lookAgain */ UPDATE campaigns SET due_at = $2 WHERE id = $1`, [
          found.id,
          next,
        ]);
      return [];
    });
    return true;
  }

  private async end(found: Campaign, change: Change): Promise<void> {
    const ended = await changeCampaign(
      this.database,
      this.publish,
      found.id,
      async (transaction, campaign) => {
        if (!isScheduledAsRead(campaign, found)) return [];
        if (change.status === CampaignStatus.CANCELLED) await handOverFixed(transaction, campaign);
        return [await writeStatus(transaction, found.id, change)];
      },
    );
    const { status, statusReason: reason } = change;
    if (ended) this.log.warn({ campaignId: found.id, status, reason }, 'scheduled campaign did not start');
  }
}

/**
 * The one statement that decides who starts a campaign: the first worker to run it takes the row, and for the others it is
 * not due any more.
 */
async function takeDue(database: DataSource): Promise<Due | undefined> {
  const [due] = await rows<Due>(
    database,
    `/* takeDue */ UPDATE campaigns SET due_at = now() + make_interval(secs => $1::float8 / 1000)
     WHERE status = 'SCHEDULED' AND due_at <= now() AND id = (
       SELECT id FROM campaigns WHERE status = 'SCHEDULED' AND due_at <= now()
       ORDER BY due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING id, now() AS now`,
    [leaseMs],
  );
  return due;
}

/** A problem that a person can solve pauses the campaign; resumeCampaign then starts it. Without an audience it ends. */
function failedStart(error: UserError): Change {
  const statusReason = `The scheduled start was not possible: ${error.message}`;
  if (!(error instanceof AudienceEmpty)) return { status: CampaignStatus.PAUSED, statusReason };
  const audience = { total: 0, excluded: error.excluded };
  return { status: CampaignStatus.FAILED, statusReason, audience };
}
