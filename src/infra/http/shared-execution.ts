import { createSourceEventStream, execute } from 'graphql';
import type { DocumentNode, ExecutionArgs, ExecutionResult } from 'graphql';

/** What a subscriber asks of each event. */
export interface Question extends ExecutionArgs {
  /** Those who may see the same fields; an answer is never shared beyond them. */
  audience: string;
}

type Answer = ExecutionResult | Promise<ExecutionResult>;

/** By event, then by question. An event's answers go with it. */
const answersOf = new WeakMap<object, Map<string, Answer>>();

/**
 * `subscribe` of GraphQL, but an event that reaches many subscribers who ask for the same is executed once for all of them.
 * Whether a subscriber may have the events at all is checked for each, when the stream is opened. An event is an object that
 * is the same for all who get it, and never changes; the same document is the same object.
 */
export async function subscribeShared(
  question: Question,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const events = await createSourceEventStream(question);
  return Symbol.asyncIterator in events ? new Answers(events as AsyncIterable<object>, question) : events;
}

/** The answers to one subscriber. Either side ends it by `return`. */
class Answers implements AsyncIterableIterator<ExecutionResult> {
  private readonly events: AsyncIterator<object>;
  private readonly key: string;

  constructor(
    events: AsyncIterable<object>,
    private readonly question: Question,
  ) {
    this.events = events[Symbol.asyncIterator]();
    this.key = keyOf(question);
  }

  async next(): Promise<IteratorResult<ExecutionResult>> {
    const event = await this.events.next();
    return event.done
      ? { value: undefined, done: true }
      : { value: await this.answerTo(event.value), done: false };
  }

  async return(): Promise<IteratorResult<ExecutionResult>> {
    await this.events.return?.();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private answerTo(event: object): Answer {
    const answers = answersOf.get(event) ?? new Map<string, Answer>();
    answersOf.set(event, answers);
    const answer = answers.get(this.key) ?? execute({ ...this.question, rootValue: event });
    answers.set(this.key, answer);
    return answer;
  }
}

const numbers = new WeakMap<DocumentNode, number>();
let documents = 0;

function keyOf({ document, operationName, variableValues, audience }: Question): string {
  const number = numbers.get(document) ?? documents++;
  numbers.set(document, number);
  return JSON.stringify([number, audience, operationName, variableValues]);
}
