import type { DataSource } from 'typeorm';
import { rows } from '../../infra/database';
import { isBusy, isUnavailable } from '../../infra/errors';
import type { Log } from '../../infra/log';
import { Rounds } from '../../infra/rounds';
import type { ImportKind } from './kind';
import type { Layout } from './layout';
import { claimSeconds, runImport } from './run-import';
import type { ClaimedImport } from './run-import';

/** How often a worker claims an import, renews its claims, and ends what broke off. */
const pollMs = 400;
const renewMs = 2_000;
const cleanMs = 5_000;
/** Imports that a worker runs at once: one reads while the other is written. */
const atOnce = 2;
/** After so long an import goes to the end of the line, if others wait. */
const turnMs = 5_000;
/** An api that receives a file says so more often than that; beyond it the upload has broken off. */
const silentSeconds = 30;
/** Claims in a row without a row being written, after which an import is given up. */
const mostTries = 20;

/**
 * Runs imports: any worker may run any import. An import is RUNNING from the first byte; once it is received, a worker
 * claims it (`claim_number` rises, `claimed_until` is renewed while it runs). A claim that runs out, because its worker
 * died, is taken over. Everything is in PostgreSQL; nothing is lost with Redis.
 */
export class ImportWorker {
  private readonly rounds: readonly Rounds[];
  private readonly running = new Map<string, { claimNumber: number; done: Promise<void> }>();
  private stopped = false;
  private othersWait = false;

  constructor(
    private readonly database: DataSource,
    private readonly log: Log,
  ) {
    const rounds = (everyMs: number, what: string, work: () => Promise<void>) =>
      new Rounds({
        everyMs,
        work,
        messages: { waits: `${what} has to wait`, failed: `${what} failed` },
        log,
      });
    this.rounds = [
      rounds(pollMs, 'claiming an import', () => this.claimNext()),
      rounds(renewMs, 'renewing the claims of imports', () => this.renew()),
      rounds(cleanMs, 'cleaning up after imports', () => this.clean()),
    ];
  }

  start(): void {
    for (const one of this.rounds) one.start();
  }

  /** Imports that run are handed back after their current set. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.rounds.map((one) => one.stop()));
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private report(err: unknown, importId: string): void {
    const context = { err, importId };
    if (isUnavailable(err) || isBusy(err)) this.log.warn(context, 'an import has to wait');
    else this.log.error(context, 'an import failed; it is claimed again');
  }

  private async claimNext(): Promise<void> {
    const claimed = this.running.size < atOnce ? await claimImport(this.database, mostTries) : undefined;
    if (!claimed) {
      this.othersWait = this.running.size > 0 && (await someWait(this.database));
      return;
    }
    if (this.stopped) return handBack(this.database, claimed);
    const { id, claimNumber } = claimed;
    const done = this.run(claimed)
      .catch((error: unknown) => this.report(error, id))
      .finally(() => this.running.delete(id));
    this.running.set(id, { claimNumber, done });
  }

  private async run(claimed: ClaimedImport): Promise<void> {
    const until = performance.now() + turnMs;
    const result = await runImport(
      this.database,
      claimed,
      () => !this.stopped && !(this.othersWait && performance.now() > until),
    );
    if (result === 'paused') await handBack(this.database, claimed);
    if (result === 'ended') await deleteChunks(this.database);
  }

  private async renew(): Promise<void> {
    const claims = [...this.running];
    if (claims.length === 0) return;
    await rows(
      this.database,
      `/* renewImportClaims */ UPDATE imports i SET claimed_until = now() + make_interval(secs => ${claimSeconds})
       FROM unnest($1::uuid[], $2::int[]) AS mine (id, claim_number)
       WHERE i.id = mine.id AND i.claim_number = mine.claim_number AND i.status = 'RUNNING'`,
      [claims.map(([id]) => id), claims.map(([, { claimNumber }]) => claimNumber)],
    );
  }

  /** Ends what cannot go on, and deletes the files of imports that have ended. */
  private async clean(): Promise<void> {
    await rows(
      this.database,
      `/* failBrokenUploads */ UPDATE imports SET status = 'FAILED', completed_at = now(), reason = 'The upload broke off'
       WHERE status = 'RUNNING' AND received_at IS NULL AND alive_at < now() - make_interval(secs => ${silentSeconds})`,
    );
    await rows(
      this.database,
      `/* failStuckImports */ UPDATE imports SET status = 'FAILED', completed_at = now(),
         reason = 'The import could not go on because of an internal error; the rows imported so far are kept'
       WHERE status = 'RUNNING' AND tries >= ${mostTries} AND claimed_until < now()`,
    );
    await deleteChunks(this.database);
  }
}

/** The import that has waited longest. */
async function claimImport(database: DataSource, tries: number): Promise<ClaimedImport | undefined> {
  const [found] = await rows<{
    id: string;
    business_id: string;
    kind: ImportKind;
    claim_number: number;
    position: string;
    line: number;
    layout: Layout;
    created_at: Date;
    country: string;
    timezone: string;
  }>(
    database,
    `/* claimImport */ UPDATE imports i SET claim_number = i.claim_number + 1, claimed_at = now(), tries = i.tries + 1,
       claimed_until = now() + make_interval(secs => ${claimSeconds})
     FROM businesses b WHERE b.id = i.business_id AND i.id = (
       SELECT id FROM imports WHERE status = 'RUNNING' AND received_at IS NOT NULL AND tries < $1
         AND (claimed_until IS NULL OR claimed_until < now())
       ORDER BY claimed_at NULLS FIRST, created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING i.id, i.business_id, i.kind, i.claim_number, i.position, i.line, i.layout, i.created_at,
       b.default_country AS country, b.timezone`,
    [tries],
  );
  return (
    found && {
      id: found.id,
      businessId: found.business_id,
      kind: found.kind,
      claimNumber: found.claim_number,
      position: Number(found.position),
      line: found.line,
      layout: found.layout,
      startedAt: found.created_at,
      country: found.country,
      timezone: found.timezone,
    }
  );
}

async function someWait(database: DataSource): Promise<boolean> {
  const [found] = await rows<{ waiting: boolean }>(
    database,
    `/* importsWaiting */ SELECT EXISTS (SELECT FROM imports WHERE status = 'RUNNING' AND received_at IS NOT NULL
       AND (claimed_until IS NULL OR claimed_until < now())) AS waiting`,
  );
  return found?.waiting ?? false;
}

/** Gives an import that has not ended to the next worker, at once. */
async function handBack(database: DataSource, { id, claimNumber }: ClaimedImport): Promise<void> {
  await rows(
    database,
    `/* handBackImport */ UPDATE imports SET claimed_until = NULL, claimed_at = now(), tries = 0
     WHERE id = $1 AND claim_number = $2 AND status = 'RUNNING'`,
    [id, claimNumber],
  );
}

async function deleteChunks(database: DataSource): Promise<void> {
  await rows(
    database,
    `/* deleteImportedChunks */ DELETE FROM import_chunks c USING imports i WHERE i.id = c.import_id AND i.status <> 'RUNNING'`,
  );
}
