import { createSourceEventStream, execute } from 'graphql';
import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';

/** One subscription: what is executed for each of its events, for whom, and where the answers go. */
export interface SharedSubscription extends ExecutionArgs {
  /** Subscribers of the same audience may see the same fields; an answer is never shared beyond them. */
  audience: string;
  /** Sends an answer that is JSON already; resolves when it has left, so that a slow reader is given no more than it takes. */
  send: (answer: string) => Promise<void>;
}

interface Answer {
  result: ExecutionResult;
  /** The result as JSON; undefined when it has errors, which are masked for each subscriber. */
  text: string | undefined;
}

/** By event, then by what is executed and for which audience. An event's answers go with it. */
const answersOf = new WeakMap<object, Map<string, Answer | Promise<Answer>>>();

/**
 * `subscribe` of GraphQL, but an event that reaches many subscribers who ask for the same is executed and encoded once for all
 * of them. Whether a subscriber may have the events at all is checked for each, when the stream is opened. An event is an object
 * that is the same for all who get it, and never changes; the same document is the same object.
 * @returns results with errors, and the end; all others have been sent
 */
export async function subscribeShared(
  args: SharedSubscription,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(args);
  return Symbol.asyncIterator in events ? new Answers(events as AsyncIterable<object>, args) : events;
}

/** The answers to one subscriber. Either side ends it by `return`. */
class Answers implements AsyncIterableIterator<ExecutionResult> {
  private readonly events: AsyncIterator<object>;
  private readonly key: string;

  constructor(
    events: AsyncIterable<object>,
    private readonly args: SharedSubscription,
  ) {
    this.events = events[Symbol.asyncIterator]();
    this.key = keyOf(args);
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    for (;;) {
      const event = await this.events.next();
      if (event.done) return { value: undefined, done: true };
      const answer = this.answerTo(event.value);
      const { result, text } = answer instanceof Promise ? await answer : answer;
      if (text === undefined) return { value: result, done: false };
      await this.args.send(text);
    }
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    await this.events.return?.();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private answerTo(event: object): Answer | Promise<Answer> {
    const answers = answersOf.get(event) ?? new Map<string, Answer | Promise<Answer>>();
    answersOf.set(event, answers);
    const known = answers.get(this.key);
    if (known) return known;
    const answer = answered(this.args, event);
    answers.set(this.key, answer);
    // whoever comes later need not wait
    answer.then(
      (done) => answers.set(this.key, done),
      () => answers.delete(this.key),
    );
    return answer;
  }
}

async function answered(args: SharedSubscription, event: object): Promise<Answer> {
  const result = await execute({ ...args, rootValue: event });
  return { result, text: result.errors ? undefined : JSON.stringify(result) };
}

const numbers = new WeakMap<DocumentNode, number>();
let documents = 0;

function keyOf({ document, operationName, variableValues, audience }: SharedSubscription): string {
  const number = numbers.get(document) ?? documents++;
  numbers.set(document, number);
  return JSON.stringify([number, audience, operationName, variableValues]);
}
