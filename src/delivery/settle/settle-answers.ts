import type { DataSource } from 'typeorm';
import { Batcher } from '../../infra/batcher';
import { persistently } from '../../infra/database';
import { failpoint } from '../../infra/failpoint';
import type { Log } from '../../infra/log';
import { timeStage } from '../../infra/metrics';
import type { Metrics } from '../../infra/metrics';
import type { ClaimedBatch } from '../send/claimed-batch';
import type { HeldClaims } from '../send/held-claims';
import { judgeTogether } from '../send/outcome';
import type { SendOutcome } from '../send/outcome';
import type { Consequences } from './consequences';
import { settle } from './settle';

/** What follows for one recipient of a claimed batch. */
export interface Answer {
  batch: ClaimedBatch;
  outcome: SendOutcome;
  /** When the message was posted, or given back, in ms of the process's clock. */
  postedAt: number;
}

/** Answers in one set, at most. */
const largestSet = 1000;
/** A set begins no sooner than this after the last: each costs the same few statements and a new version of its campaigns. */
const setEveryMs = 50;
/**
 * Answers are kept this long while PostgreSQL is away or something holds their campaign locked. The lease may end earlier:
 * a late settle is fenced by the claim number, and a known result is better than UNCONFIRMED.
 */
const patienceMs = 300_000;

/** Writes what became of the recipients of held claims, in sets; the consequences follow after the commit. */
export class SettleAnswers {
  private readonly batcher: Batcher<Answer>;

  constructor(
    private readonly database: DataSource,
    private readonly held: HeldClaims,
    private readonly consequences: Consequences,
    private readonly metrics: Metrics,
    log: Log,
  ) {
    this.batcher = new Batcher<Answer>({
      commit: (answers) => this.commit(answers),
      failed: (answers, err) => {
        log.error(
          { err, answers: answers.length },
          'answers could not be written down; the sweep will find their recipients',
        );
        held.forget(answers.map(({ batch }) => batch));
      },
      keyOf: ({ batch }) => batch.campaign.id,
      largestSet,
      everyMs: setEveryMs,
      patienceMs,
    });
  }

  add(answer: Answer): void {
    this.batcher.add(answer);
  }

  /** Whether answers of a campaign wait because something else holds its rows locked. */
  isLocked(campaignId: string): boolean {
    return this.batcher.isLocked(campaignId);
  }

  /** Resolves when everything that was added is written down, with its consequences, or has failed. */
  async idle(): Promise<void> {
    await this.batcher.idle();
    await this.consequences.idle();
  }

  private async commit(answers: readonly Answer[]): Promise<void> {
    const outcomes = judgeTogether(
      answers.map(({ outcome }) => outcome),
      (campaignId) => this.consequences.acceptedLately(campaignId),
    );
    const batches = answers.map(({ batch }) => batch);
    const ended = this.held.endedBy(batches);
    const settled = await timeStage(this.metrics, 'settle', () =>
      persistently(
        () =>
          settle(
            this.database,
            outcomes.map(({ move }) => move),
            ended,
          ),
        patienceMs,
      ),
    );
    failpoint('after_settle');
    this.held.settled(batches);
    // Not awaited: the next set must not wait for a campaign that pauses, nor for Redis.
    void this.consequences.apply(
      outcomes.map((outcome, i) => {
        const { batch, postedAt } = answers[i] as Answer;
        const { senderId, readAt: since } = batch.campaign;
        return { outcome, senderId, since, postedAt };
      }),
      settled,
    );
  }
}
