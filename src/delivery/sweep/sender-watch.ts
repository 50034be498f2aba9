import type { DataSource } from 'typeorm';
import { clearSendErrors } from '../../accounts/send-errors';
import type { SenderHealth } from '../../accounts/sender-health';
import { Sender } from '../../accounts/sender.entity';
import { rows } from '../../infra/database';
import { isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { Rounds } from '../../infra/rounds';
import type { RestrictedCampaigns } from '../webhook/restricted-campaigns';

/** Every worker looks this often. */
const roundMs = 2000;
/** Numbers that one worker reads in a round, at the same time. */
const atOnce = 4;
/** A number that was taken is due again after this, in case its worker died. */
const leaseSeconds = 60;

/**
 * Reads the health of each number from WhatsApp now and then, since the webhook that reports a change may be lost; ends
 * restrictions whose time is over, and clears the errors of numbers whose messages are accepted again. Every worker looks
 * by a timer of its own, apart from the sweep, since reading waits for WhatsApp.
 */
export class SenderWatch {
  private readonly rounds: Rounds;

  constructor(
    private readonly database: DataSource,
    private readonly health: SenderHealth,
    private readonly campaigns: RestrictedCampaigns,
    private readonly log: Log,
  ) {
    this.rounds = new Rounds({
      everyMs: roundMs,
      work: () => this.runOnce(),
      messages: {
        waits: 'the health of the numbers cannot be read now',
        failed: 'reading the health of the numbers failed',
      },
      log,
    });
  }

  start(): void {
    this.rounds.start();
  }

  stop(): Promise<void> {
    return this.rounds.stop();
  }

  private async runOnce(): Promise<void> {
    await this.campaigns.liftExpired();
    await this.campaigns.pauseForbidden();
    await clearSendErrors(this.database);
    const due = await takeDueSenders(this.database);
    await Promise.all(due.map((sender) => this.read(sender)));
  }

  /** A failure concerns one number. */
  private async read(sender: Sender): Promise<void> {
    try {
      await this.health.refresh(sender);
    } catch (err) {
      if (isUnavailable(err)) throw err;
      this.log.error({ err, senderId: sender.id }, 'a number could not be read');
    }
  }
}

async function takeDueSenders(database: DataSource): Promise<Sender[]> {
  const taken = await rows<{ id: string }>(
    database,
    `/* takeDueSenders */ UPDATE senders SET health_due_at = now() + make_interval(secs => $2)
     WHERE id IN (SELECT id FROM senders WHERE health_due_at <= now() ORDER BY health_due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED)
     RETURNING id`,
    [atOnce, leaseSeconds],
  );
  const senders = database.getRepository(Sender);
  return Promise.all(taken.map(({ id }) => senders.findOneByOrFail({ id })));
}
