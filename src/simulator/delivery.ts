import { Agenda } from './agenda';
import type { NumberOverride } from './behaviour';
import { draw, drawWithin, pickShare, Purpose, type Range } from './chance';
import {
  LEDGER_STATUSES,
  type Engagement,
  type LedgerEntry,
  type LedgerStatus,
  type NextStep,
} from './ledger';
import type { People } from './people';
import { trackedLink } from './render';
import type { StatusVariation } from './webhook-body';
import type { Webhooks } from './webhooks';
import { acts, now, type World } from './world';

/** How long a message from a person keeps the free-form window open (fact sheet, section 8). */
const SERVICE_WINDOW_MS = 24 * 3_600_000;

/**
 * What becomes of an accepted message:
 *
 *   sent → delivered → read → preview → click → conversion → done
 *
 * with `failed` in place of, or after, `sent`; `delivered` left out; or an end at any arrow. A message
 * has one next step, kept in `entry.next`; only this class moves it. Whether a step happens is drawn
 * when the one before it has happened, from the person's own chance.
 */
export class Delivery {
  readonly #agenda = new Agenda<LedgerEntry>(now, (entry) => this.#advance(entry));
  #visits = 0;
  /** Visits that began before a reset must not write into the new ledger. */
  #generation = 0;

  constructor(
    private readonly world: World,
    private readonly webhooks: Webhooks,
    private readonly people: People,
  ) {}

  /** Steps that are due later, and visits under way. */
  get pending(): number {
    return this.#agenda.size + this.#visits;
  }

  start(entry: LedgerEntry): void {
    const { behaviour } = this.world;
    if (entry.hold === 'held' || this.#override(entry)?.silent) {
      entry.next = 'done';
      return;
    }
    entry.failCode = this.#failureOf(entry);
    const failsAtOnce =
      entry.failCode !== null &&
      !(draw(entry.recipient.chance, entry.counter, Purpose.FailAfterSent) < behaviour.failAfterSentShare);
    this.#schedule(entry, failsAtOnce ? 'failed' : 'sent', behaviour.sentDelayMs, Purpose.SentDelay);
  }

  /** Goes on after a restart: with the first step whose webhook nobody acknowledged. */
  resume(entry: LedgerEntry): void {
    if (entry.hold === 'dropped' && !entry.has('failed'))
      this.#tell(entry, 'failed', entry.failCode ?? 131000);
    else if (entry.has('failed') || entry.engagement?.convertedAt) entry.next = 'done';
    else if (entry.engagement?.clickedAt) this.#afterClick(entry, entry.engagement.clickId);
    else if (entry.has('read')) this.#afterReading(entry);
    else if (entry.has('delivered')) this.#afterDelivered(entry);
    else if (entry.has('sent')) this.#afterSent(entry);
    else this.start(entry);
  }

  /** Ends Meta's quality assessment: the message is delivered, or fails with the code. False if it was not held. */
  endHold(entry: LedgerEntry, dropCode: number | null): boolean {
    if (entry.hold !== 'held') return false;
    entry.hold = dropCode === null ? 'released' : 'dropped';
    this.world.journal.write({ kind: 'hold', index: entry.index, hold: entry.hold, code: dropCode });
    if (dropCode === null) this.start(entry);
    else {
      entry.failCode = dropCode;
      this.#tell(entry, 'failed', dropCode);
    }
    return true;
  }

  /** Tells any status now, whatever the message's next step is; the ledger notes the statuses it knows. */
  tellNow(entry: LedgerEntry, status: string, code?: number, variation: StatusVariation = {}): void {
    const known = LEDGER_STATUSES.find((each) => each === status);
    if (known !== undefined && !entry.has(known)) {
      if (known === 'failed') {
        entry.failCode ??= code ?? null;
        entry.next = 'done';
      }
      this.#tell(entry, known, code, undefined, variation);
    } else {
      const update = code === undefined ? { status, at: now() } : { status, at: now(), code };
      this.webhooks.push({ kind: 'status', entry, ...update, ...variation });
    }
  }

  /** Sends the webhooks of a message again as they were; the number of them. */
  tellAgain(entry: LedgerEntry, statuses: string[] | null): number {
    const told = entry.statuses().filter(({ status }) => statuses?.includes(status) ?? true);
    for (const each of told) this.webhooks.push({ kind: 'status', entry, ...each });
    return told.length;
  }

  /** Tells `sent` before the answer to the send is written; resolves when the receiver has taken it. */
  sendAhead(entry: LedgerEntry): Promise<void> {
    entry.failCode = this.#failureOf(entry);
    return new Promise((resolve) => {
      this.#tell(entry, 'sent', undefined, resolve);
      this.webhooks.flush();
      this.#afterSent(entry);
    });
  }

  reset(): void {
    this.#generation++;
    this.#visits = 0;
    this.#agenda.clear();
  }

  #advance(entry: LedgerEntry): void {
    switch (entry.next) {
      case 'sent':
        this.#tell(entry, 'sent');
        this.#afterSent(entry);
        break;
      case 'failed':
        this.#tell(entry, 'failed', entry.failCode ?? 131000);
        entry.next = 'done';
        break;
      case 'delivered':
        this.#tell(entry, 'delivered');
        this.#afterDelivered(entry);
        break;
      case 'read':
        this.#tell(entry, 'read');
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
    const { behaviour } = this.world;
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
    const { behaviour } = this.world;
    if (this.#happens(entry, Purpose.Read, behaviour.readShare)) {
      this.#schedule(entry, 'read', behaviour.readDelayMs, Purpose.ReadDelay);
    } else {
      this.#afterReading(entry);
    }
  }

  /** Preview and click both need a link; it is looked for only when a draw asks for it. */
  #afterReading(entry: LedgerEntry): void {
    const { behaviour, linkBase } = this.world;
    const preview =
      !entry.engagement?.previewFetched && this.#happens(entry, Purpose.Preview, behaviour.previewShare);
    const click = this.#happens(entry, Purpose.Click, behaviour.clickShare);
    if (!(preview || click) || trackedLink(entry, linkBase) === null) entry.next = 'done';
    else if (preview) this.#schedule(entry, 'preview', { min: 0, max: 0 }, Purpose.ClickDelay);
    else this.#schedule(entry, 'click', behaviour.clickDelayMs, Purpose.ClickDelay);
  }

  #afterClick(entry: LedgerEntry, clickId: string | null): void {
    const { behaviour } = this.world;
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
    const link = trackedLink(entry, this.world.linkBase) ?? '';
    const known = entry.engagement ?? NOT_ENGAGED;
    const afterwards: { engagement: Engagement; goOn: () => void } = {
      engagement: known,
      goOn: () => (entry.next = 'done'),
    };
    this.#visits++;
    if (step === 'preview') {
      const previewFetched = await this.people.fetchPreview(entry, link);
      afterwards.engagement = { ...known, previewFetched };
      const { clickShare, clickDelayMs } = this.world.behaviour;
      if (this.#happens(entry, Purpose.Click, clickShare)) {
        afterwards.goOn = () => this.#schedule(entry, 'click', clickDelayMs, Purpose.ClickDelay);
      }
    } else if (step === 'click') {
      const opened = await this.people.openLink(link);
      if (opened) {
        afterwards.engagement = { ...known, clickedAt: now(), clickId: opened.clickId };
        afterwards.goOn = () => this.#afterClick(entry, opened.clickId);
      }
    } else {
      const orderId = await this.people.buy(entry, known.clickId ?? '');
      if (orderId !== null) afterwards.engagement = { ...known, convertedAt: now(), orderId };
    }
    if (generation !== this.#generation) return;
    this.#visits--;
    if (afterwards.engagement !== known) {
      this.world.ledger.addEngagement(entry, afterwards.engagement);
      this.world.journal.write({ kind: 'engagement', index: entry.index, ...afterwards.engagement });
    }
    afterwards.goOn();
  }

  #tell(
    entry: LedgerEntry,
    status: LedgerStatus,
    code?: number,
    acknowledged?: () => void,
    variation?: StatusVariation,
  ): void {
    this.world.ledger.addStatus(entry, status, now());
    // As the ledger keeps it: a repeated webhook must carry the same second.
    const at = entry.statusAt(status);
    const update = code === undefined ? { status, at } : { status, at, code };
    this.webhooks.push({ kind: 'status', entry, ...update, ...variation }, () => {
      this.world.journal.write({ kind: 'status', index: entry.index, status, at, code });
      acknowledged?.();
    });
  }

  #failureOf(entry: LedgerEntry): number | null {
    const { behaviour } = this.world;
    const { recipient } = entry;
    const override = this.#override(entry);
    if (
      override?.fail !== undefined &&
      acts(this.world, `perNumber/${recipient.digits}/fail`, override.failTimes)
    ) {
      return override.fail;
    }
    if (entry.template?.template.category === 'MARKETING' && recipient.stoppedMarketing) return 131050;
    if (
      behaviour.serviceWindow &&
      !entry.template &&
      entry.acceptedAt - (recipient.lastWroteAt ?? 0) > SERVICE_WINDOW_MS
    ) {
      return 131047;
    }
    const code = pickShare(behaviour.failures, draw(entry.recipient.chance, entry.counter, Purpose.Failure));
    return code === null ? null : Number(code);
  }

  #override(entry: LedgerEntry): NumberOverride | undefined {
    return this.world.overrides.get(entry.recipient.digits);
  }

  #happens(entry: LedgerEntry, purpose: Purpose, share: number): boolean {
    return draw(entry.recipient.chance, entry.counter, purpose) < share;
  }

  #schedule(entry: LedgerEntry, next: NextStep, delay: Range, purpose: Purpose): void {
    entry.next = next;
    this.#agenda.add(entry, drawWithin(delay, entry.recipient.chance, entry.counter, purpose));
  }
}

const NOT_ENGAGED: Engagement = {
  previewFetched: false,
  clickedAt: null,
  clickId: null,
  convertedAt: null,
  orderId: null,
};
