import { Accounts, type Sender } from './accounts';
import { defaultBehaviour, type Behaviour, type NumberOverride } from './behaviour';
import { hashText } from './random';
import { Ledger, type Recipient } from './ledger';
import { NO_JOURNAL, type Journal } from './journal';
import { createLinkChecks, type LinkChecks } from './link-check';
import { MediaStore } from './media';
import { createWamids } from './wamid';

/**
 * The state of one simulator, passed as an explicit argument. Requests change it synchronously, so
 * that two requests never interleave.
 */
export interface SimulatorState {
  readonly linkBase: string;
  readonly defaultSeed: number;
  readonly log: (line: string) => void;
  /** Writes nothing until the journal of an earlier run has been restored. */
  journal: Journal;
  readonly media: MediaStore;
  readonly accounts: Accounts;
  readonly links: LinkChecks;
  readonly newWamid: ReturnType<typeof createWamids>;
  /** Changed only by `setBehaviour`. */
  behaviour: Behaviour;
  /** `behaviour.perNumber`, keyed by digits. */
  overrides: Map<string, NumberOverride>;
  /** People by their user id, as far as it was looked up. */
  userIds: Map<string, string>;
  ledger: Ledger;
  /** How often a setting with `times` was applied, by its path in the behaviour. */
  timesApplied: Map<string, number>;
}

export function createState(given: Pick<SimulatorState, 'linkBase' | 'defaultSeed' | 'log'>): SimulatorState {
  const state: SimulatorState = {
    ...given,
    journal: NO_JOURNAL,
    media: new MediaStore(),
    accounts: new Accounts(given.linkBase, (wabaId) => state.journal.write({ kind: 'waba', wabaId })),
    links: createLinkChecks(),
    newWamid: createWamids(),
    behaviour: defaultBehaviour(given.defaultSeed),
    overrides: new Map(),
    userIds: new Map(),
    ledger: new Ledger(),
    timesApplied: new Map(),
  };
  return state;
}

/** Replaces the behaviour. The counters of settings with `times` restart if their group changes. */
export function setBehaviour(state: SimulatorState, behaviour: Behaviour): void {
  if (behaviour.seed !== state.behaviour.seed) {
    for (const recipient of state.ledger.recipients.values()) {
      recipient.randomBase = randomBaseOf(behaviour.seed, recipient.digits);
    }
  }
  for (const path of state.timesApplied.keys()) {
    const group = path.slice(0, path.indexOf('/')) as 'perNumber' | 'perTemplate' | 'perSender';
    if (behaviour[group] !== state.behaviour[group]) state.timesApplied.delete(path);
  }
  state.behaviour = behaviour;
  state.overrides = new Map(
    Object.entries(behaviour.perNumber).map(([number, override]) => [number.replace(/\D/g, ''), override]),
  );
}

/** Unix milliseconds with a fraction, from a monotonic clock. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Converted to a signed integer, which V8 stores without boxing. */
function randomBaseOf(seed: number, digits: string): number {
  return hashText(seed, digits) | 0;
}

export function recipientOf(state: SimulatorState, digits: string): Recipient {
  let recipient = state.ledger.recipients.get(digits);
  if (!recipient) {
    recipient = {
      digits,
      randomBase: randomBaseOf(state.behaviour.seed, digits),
      attempts: 0,
      accepted: 0,
      stoppedMarketing: false,
      preferenceAt: 0,
      lastWroteAt: null,
    };
    state.ledger.recipients.set(digits, recipient);
  }
  return recipient;
}

/** Whether a setting applies to this call. With `times` it applies that often, counted by its path. */
export function applies(state: SimulatorState, path: string, times: number | undefined): boolean {
  if (times === undefined) return true;
  const acted = state.timesApplied.get(path) ?? 0;
  if (acted >= times) return false;
  state.timesApplied.set(path, acted + 1);
  return true;
}

/** Maximum messages per second of a number; 0 means unlimited. */
export function throughputOf(state: SimulatorState, sender: Sender): number {
  const { messagesPerSecond } = state.behaviour;
  return messagesPerSecond === 'perNumber' ? sender.messagesPerSecond : (messagesPerSecond ?? 0);
}
