import type { Draft } from './draft';

/**
 * What became of the latest change. CHANGED → after a short pause → SAVING → SAVED or NOT_SAVED; every change leads back to
 * CHANGED. NEW: nothing was changed since it was opened. `at` is when the server last stored something; undefined while it
 * has stored nothing, because all that was changed stays in the browser.
 */
export type Saved =
  | { is: 'NEW' | 'CHANGED' | 'SAVING' }
  | { is: 'SAVED'; at: number | undefined }
  | { is: 'NOT_SAVED'; problem: unknown };

/** A change is saved when no other follows within this time. */
const pauseMs = 500;

interface Options {
  /** Stores the draft; called once at a time. @returns whether there was something that the server takes */
  store: (draft: Draft) => Promise<boolean>;
  onState: (saved: Saved) => void;
}

/** Saves a draft while it is changed, one version after the other; those that a newer one has overtaken are left out. */
export class Saver {
  private waiting: ReturnType<typeof setTimeout> | undefined;
  /** The version that is not stored yet. */
  private next: Draft | undefined;
  private running: Promise<void> | undefined;
  private storedAt: number | undefined;

  constructor(private readonly options: Options) {}

  change(draft: Draft): void {
    this.next = draft;
    this.options.onState({ is: 'CHANGED' });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.save().catch(() => undefined), pauseMs); // shown by the state
  }

  /** Stores what is not stored yet, now. @throws why it could not be stored */
  save(): Promise<void> {
    clearTimeout(this.waiting);
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    while (this.next) {
      const draft = this.next;
      this.next = undefined;
      this.options.onState({ is: 'SAVING' });
      try {
        if (await this.options.store(draft)) this.storedAt = Date.now();
      } catch (problem) {
        this.next ??= draft;
        this.options.onState({ is: 'NOT_SAVED', problem });
        throw problem;
      }
      if (!this.next) this.options.onState({ is: 'SAVED', at: this.storedAt });
    }
  }
}
