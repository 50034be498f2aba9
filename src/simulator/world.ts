import { Accounts, type Sender } from './accounts';
import { defaultBehaviour, type Behaviour, type NumberOverride } from './behaviour';
import { hashText } from './chance';
import { Ledger, type Recipient } from './ledger';
import { NO_JOURNAL, type Journal } from './journal';
import { createLinkChecks, type LinkChecks } from './link-check';
import { MediaStore } from './media';
import { createWamids } from './wamid';

/**
 * The state of one simulator, passed as a visible argument. Requests change it synchronously, so no
 * two of them ever interleave.
 */
export interface World {
  readonly linkBase: string;
  readonly defaultSeed: number;
  readonly log: (line: string) => void;
  /** Silent until an earlier state has been read back. */
  journal: Journal;
  readonly media: MediaStore;
  readonly accounts: Accounts;
  readonly links: LinkChecks;
  readonly newWamid: ReturnType<typeof createWamids>;
  /** Changed by `setBehaviour` alone. */
  behaviour: Behaviour;
  /** `behaviour.perNumber` by digits. */
  overrides: Map<string, NumberOverride>;
  ledger: Ledger;
  /** How often a switch with `times` has acted, by its path in the behaviour. */
  timesActed: Map<string, number>;
}

export function createWorld(given: Pick<World, 'linkBase' | 'defaultSeed' | 'log'>): World {
  const world: World = {
    ...given,
    journal: NO_JOURNAL,
    media: new MediaStore(),
    accounts: new Accounts(given.linkBase, (wabaId) => world.journal.write({ kind: 'waba', wabaId })),
    links: createLinkChecks(),
    newWamid: createWamids(),
    behaviour: defaultBehaviour(given.defaultSeed),
    overrides: new Map(),
    ledger: new Ledger(),
    timesActed: new Map(),
  };
  return world;
}

/** Switches that count their times start anew when their group is set. */
export function setBehaviour(world: World, behaviour: Behaviour): void {
  if (behaviour.seed !== world.behaviour.seed) {
    for (const recipient of world.ledger.recipients.values()) {
      recipient.chance = chanceOf(behaviour.seed, recipient.digits);
    }
  }
  for (const path of world.timesActed.keys()) {
    const group = path.slice(0, path.indexOf('/')) as 'perNumber' | 'perTemplate' | 'perSender';
    if (behaviour[group] !== world.behaviour[group]) world.timesActed.delete(path);
  }
  world.behaviour = behaviour;
  world.overrides = new Map(
    Object.entries(behaviour.perNumber).map(([number, override]) => [number.replace(/\D/g, ''), override]),
  );
}

/** Unix milliseconds with a fraction; steps of the wall clock do not reach it. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** Signed, so that V8 keeps it in the object instead of boxing it. */
function chanceOf(seed: number, digits: string): number {
  return hashText(seed, digits) | 0;
}

export function recipientOf(world: World, digits: string): Recipient {
  let recipient = world.ledger.recipients.get(digits);
  if (!recipient) {
    recipient = {
      digits,
      chance: chanceOf(world.behaviour.seed, digits),
      attempts: 0,
      accepted: 0,
      stoppedMarketing: false,
      preferenceAt: 0,
      lastWroteAt: null,
    };
    world.ledger.recipients.set(digits, recipient);
  }
  return recipient;
}

/** Whether a switch acts now; one with `times` acts that often, counted by its path in the behaviour. */
export function acts(world: World, path: string, times: number | undefined): boolean {
  if (times === undefined) return true;
  const acted = world.timesActed.get(path) ?? 0;
  if (acted >= times) return false;
  world.timesActed.set(path, acted + 1);
  return true;
}

/** Messages a second that a number may take now; 0 is unlimited. */
export function throughputOf(world: World, sender: Sender): number {
  const { messagesPerSecond } = world.behaviour;
  return messagesPerSecond === 'perNumber' ? sender.messagesPerSecond : (messagesPerSecond ?? 0);
}
