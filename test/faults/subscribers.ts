import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { killHard } from '../support/worker-process';
import type { Figures } from './seen';

/** Who watches what. Subscriptions of a socket go round: one to each campaign, then one to the whole business. */
export interface Plan {
  url: string;
  authorization: string;
  sockets: number;
  onEachSocket: number;
  campaignIds: string[];
  businessId: string;
  /** As the page does; without it, a socket that is lost stays lost. */
  reconnects: boolean;
  /** One socket, chosen at random, loses its connection so often; 0 for never. */
  dropEveryMs: number;
}

export interface Question {
  expected: Figures[];
  /** Whether these figures must be the last that were shown; else versions as new as these are enough. */
  exactly: boolean;
}

export interface Answer {
  subscribers: number;
  /** How many do not show what is expected. */
  behind: number;
  /** Some of them in words. */
  examples: string[];
  events: number;
  problems: string[];
  /** The events of the first who watches the whole business; only when nothing is expected. */
  recorded: Figures[];
}

/** Subscribers in a process of their own. */
export class Subscribers {
  private constructor(
    private readonly child: ChildProcess,
    private readonly ended: Promise<never>,
  ) {}

  static async start(plan: Plan): Promise<Subscribers> {
    const child = fork(path.join(__dirname, 'subscribers-child.js'), [], { env: { PATH: process.env.PATH } });
    const ended = once(child, 'exit').then(() => Promise.reject(new Error('The subscribers have ended')));
    ended.catch(() => undefined);
    await Promise.race([once(child, 'message'), ended]);
    child.send({ plan });
    return new Subscribers(child, ended);
  }

  async ask(question: Question): Promise<Answer> {
    const answered = once(this.child, 'message') as Promise<[Answer]>;
    this.child.send({ question });
    return (await Promise.race([answered, this.ended]))[0];
  }

  stop(): Promise<void> {
    return killHard(this.child);
  }
}
