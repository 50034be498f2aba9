import { Scheduler } from './scheduler';
import type { NumberOverride } from './behaviour';
import { draw, drawWithin, pickShare, Purpose, type Range } from './random';
import { isInServiceWindow, LEDGER_STATUSES } from './ledger';
import type { Engagement, LedgerEntry, LedgerStatus, NextStep } from './ledger';
import type { RecipientActions } from './recipient-actions';
import { trackedLink } from './render';
import type { StatusVariation } from './webhook-body';
import type { Webhooks } from './webhooks';
import { applies, now, type SimulatorState } from './state';

/**
 * The life of an accepted message:
 *
 *   sent → delivered → read → preview → click → conversion → done
 *
 * `failed` may replace or follow `sent`, `delivered` may be skipped, and the message may stop at any
 * step. `entry.next` is the next step; only this class changes it. Each step is decided when the
 * previous one has happened, by a random number derived from the seed and the recipient.
 */
export class Delivery {
  readonly #scheduler = new Scheduler<LedgerEntry>(now, (entry) => this.#advance(entry));
  #visits = 0;
  /** Incremented by a reset, so that link visits started before it do not write into the new ledger. */
  #generation = 0;

  constructor(
    private readonly state: SimulatorState,
    private readonly webhooks: Webhooks,
    private readonly actions: RecipientActions,
  ) {}

  /** Number of scheduled steps and of link visits in progress. */
  get pending(): number {
    return this.#scheduler.size + this.#visits;
  }

  start(entry: LedgerEntry): void {
    const { behaviour } = this.state;
    if (entry.hold === 'held' || entry.lost || this.#override(entry)?.silent) {
      entry.next = 'done';
      return;
    }
    entry.failCode = this.#failureOf(entry);
    const failsAtOnce =
      entry.failCode !== null &&
      !(
        draw(entry.recipient.randomBase, entry.counter, Purpose.FailAfterSent) < behaviour.failAfterSentShare
      );
    this.#schedule(entry, failsAtOnce ? 'failed' : 'sent', behaviour.sentDelayMs, Purpose.SentDelay);
  }

  /** Continues after a restart, with the first step whose webhook was not acknowledged. */
  resume(entry: LedgerEntry): void {
    if (entry.hold === 'dropped' && !entry.has('failed'))
      this.#report(entry, 'failed', entry.failCode ?? 131000);
    else if (entry.has('failed') || entry.engagement?.convertedAt) entry.next = 'done';
    else if (entry.engagement?.clickedAt) this.#afterClick(entry, entry.engagement.clickId);
    else if (entry.has('read')) this.#afterReading(entry);
    else if (entry.has('delivered')) this.#afterDelivered(entry);
    else if (entry.has('sent')) this.#afterSent(entry);
    else this.start(entry);
  }

  /** Releases a held message, or drops it with an error code. Returns false if the message is not held. */
  endHold(entry: LedgerEntry, dropCode: number | null): boolean {
    if (entry.hold !== 'held') return false;
    entry.hold = dropCode === null ? 'released' : 'dropped';
    this.state.journal.write({ kind: 'hold', index: entry.index, hold: entry.hold, code: dropCode });
    if (dropCode === null) this.start(entry);
    else {
      entry.failCode = dropCode;
      this.#report(entry, 'failed', dropCode);
    }
    return true;
  }

  /** Sends a status now, independently of the next step. Documented statuses are also recorded in the ledger. */
  sendStatus(entry: LedgerEntry, status: string, code?: number, variation: StatusVariation = {}): void {
    const known = LEDGER_STATUSES.find((each) => each === status);
    if (known !== undefined && !entry.has(known)) {
      if (known === 'failed') {
        entry.failCode ??= code ?? null;
        entry.next = 'done';
      }
      this.#report(entry, known, code, undefined, variation);
    } else {
      const update = code === undefined ? { status, at: now() } : { status, at: now(), code };
      this.webhooks.push({ kind: 'status', entry, ...update, ...variation });
    }
  }

  /** Sends the reported statuses again, all of them or those named; returns their number. */
  resendStatuses(entry: LedgerEntry, statuses: string[] | null): number {
    const reported = entry.statuses().filter(({ status }) => statuses?.includes(status) ?? true);
    for (const each of reported) this.webhooks.push({ kind: 'status', entry, ...each });
    return reported.length;
  }

  /** Reports `sent` before the send is answered; resolves when the receiver has acknowledged it. */
  reportSentBeforeResponse(entry: LedgerEntry): Promise<void> {
    entry.failCode = this.#failureOf(entry);
    return new Promise((resolve) => {
      this.#report(entry, 'sent', undefined, resolve);
      this.webhooks.flush();
      this.#afterSent(entry);
    });
  }

  reset(): void {
    this.#generation++;
    this.#visits = 0;
    this.#scheduler.clear();
  }

  #advance(entry: LedgerEntry): void {
    switch (entry.next) {
      case 'sent':
        this.#report(entry, 'sent');
        this.#afterSent(entry);
        break;
      case 'failed':
        this.#report(entry, 'failed', entry.failCode ?? 131000);
        entry.next = 'done';
        break;
      case 'delivered':
        this.#report(entry, 'delivered');
        this.#afterDelivered(entry);
        break;
      case 'read':
        this.#report(entry, 'read');
        this.#afterReading(entry);
        break;
      case 'preview':
      case 'click':
      case 'conversion':
        void this.#visit(entry, entry.next);
        break;
      case 'done':
        break;
    }
  }

  #afterSent(entry: LedgerEntry): void {
    const { behaviour } = this.state;
    if (entry.failCode !== null) {
      this.#schedule(entry, 'failed', behaviour.deliveredDelayMs, Purpose.DeliveredDelay);
    } else if (!this.#happens(entry, Purpose.Delivered, behaviour.deliveredShare)) {
      entry.next = 'done';
    } else if (
      this.#happens(entry, Purpose.Read, behaviour.readShare) &&
      this.#happens(entry, Purpose.SkipDelivered, behaviour.skipDeliveredShare)
    ) {
      const both: Range = {
        min: behaviour.deliveredDelayMs.min + behaviour.readDelayMs.min,
        max: behaviour.deliveredDelayMs.max + behaviour.readDelayMs.max,
      };
      this.#schedule(entry, 'read', both, Purpose.ReadDelay);
    } else {
      this.#schedule(entry, 'delivered', behaviour.deliveredDelayMs, Purpose.DeliveredDelay);
    }
  }

  #afterDelivered(entry: LedgerEntry): void {
    const { behaviour } = this.state;
    if (this.#happens(entry, Purpose.Read, behaviour.readShare)) {
      this.#schedule(entry, 'read', behaviour.readDelayMs, Purpose.ReadDelay);
    } else {
      this.#afterReading(entry);
    }
  }

  /** Preview and click need a tracked link; the message is rendered to find it only if one of them happens. */
  #afterReading(entry: LedgerEntry): void {
    const { behaviour, linkBase } = this.state;
    const preview =
      !entry.engagement?.previewFetched && this.#happens(entry, Purpose.Preview, behaviour.previewShare);
    const click = this.#happens(entry, Purpose.Click, behaviour.clickShare);
    if (!(preview || click) || trackedLink(entry, linkBase) === null) entry.next = 'done';
    else if (preview) this.#schedule(entry, 'preview', { min: 0, max: 0 }, Purpose.ClickDelay);
    else this.#schedule(entry, 'click', behaviour.clickDelayMs, Purpose.ClickDelay);
  }

  #afterClick(entry: LedgerEntry, clickId: string | null): void {
    const { behaviour } = this.state;
    if (
      clickId !== null &&
      behaviour.shop &&
      this.#happens(entry, Purpose.Conversion, behaviour.conversionShare)
    ) {
      this.#schedule(entry, 'conversion', behaviour.conversionDelayMs, Purpose.ConversionDelay);
    } else {
      entry.next = 'done';
    }
  }

  async #visit(entry: LedgerEntry, step: 'preview' | 'click' | 'conversion'): Promise<void> {
    const generation = this.#generation;
    const link = trackedLink(entry, this.state.linkBase) ?? '';
    const known = entry.engagement ?? NOT_ENGAGED;
    const afterwards: { engagement: Engagement; continueDelivery: () => void } = {
      engagement: known,
      continueDelivery: () => (entry.next = 'done'),
    };
    this.#visits++;
    if (step === 'preview') {
      const previewFetched = await this.actions.fetchPreview(entry, link);
      afterwards.engagement = { ...known, previewFetched };
      const { clickShare, clickDelayMs } = this.state.behaviour;
      if (this.#happens(entry, Purpose.Click, clickShare)) {
        afterwards.continueDelivery = () => this.#schedule(entry, 'click', clickDelayMs, Purpose.ClickDelay);
      }
    } else if (step === 'click') {
      const opened = await this.actions.openLink(link);
      if (opened) {
        afterwards.engagement = { ...known, clickedAt: now(), clickId: opened.clickId };
        afterwards.continueDelivery = () => this.#afterClick(entry, opened.clickId);
      }
    } else {
      const orderId = await this.actions.placeOrder(entry, known.clickId ?? '');
      if (orderId !== null) afterwards.engagement = { ...known, convertedAt: now(), orderId };
    }
    if (generation !== this.#generation) return;
    this.#visits--;
    if (afterwards.engagement !== known) {
      this.state.ledger.addEngagement(entry, afterwards.engagement);
      this.state.journal.write({ kind: 'engagement', index: entry.index, ...afterwards.engagement });
    }
    afterwards.continueDelivery();
  }

  #report(
    entry: LedgerEntry,
    status: LedgerStatus,
    code?: number,
    acknowledged?: () => void,
    variation?: StatusVariation,
  ): void {
    this.state.ledger.addStatus(entry, status, now());
    // The rounded time of the ledger, so that resending the status produces the same timestamp.
    const at = entry.statusAt(status);
    const update = code === undefined ? { status, at } : { status, at, code };
    this.webhooks.push({ kind: 'status', entry, ...update, ...variation }, () => {
      this.state.journal.write({ kind: 'status', index: entry.index, status, at, code });
      acknowledged?.();
    });
  }

  #failureOf(entry: LedgerEntry): number | null {
    const { behaviour } = this.state;
    const { recipient } = entry;
    const override = this.#override(entry);
    if (
      override?.fail !== undefined &&
      applies(this.state, `perNumber/${recipient.digits}/fail`, override.failTimes)
    ) {
      return override.fail;
    }
    if (entry.template?.template.category === 'MARKETING' && recipient.stoppedMarketing) return 131050;
    if (behaviour.serviceWindow && !entry.template && !isInServiceWindow(recipient, entry.acceptedAt)) {
      return 131047;
    }
    const code = pickShare(
      behaviour.failures,
      draw(entry.recipient.randomBase, entry.counter, Purpose.Failure),
    );
    return code === null ? null : Number(code);
  }

  #override(entry: LedgerEntry): NumberOverride | undefined {
    return this.state.overrides.get(entry.recipient.digits);
  }

  #happens(entry: LedgerEntry, purpose: Purpose, share: number): boolean {
    return draw(entry.recipient.randomBase, entry.counter, purpose) < share;
  }

  #schedule(entry: LedgerEntry, next: NextStep, delay: Range, purpose: Purpose): void {
    entry.next = next;
    this.#scheduler.add(entry, drawWithin(delay, entry.recipient.randomBase, entry.counter, purpose));
  }
}

const NOT_ENGAGED: Engagement = {
  previewFetched: false,
  clickedAt: null,
  clickId: null,
  convertedAt: null,
  orderId: null,
};
