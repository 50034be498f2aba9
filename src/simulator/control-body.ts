import { z } from 'zod';
import { answerJson, readBody, type Exchange } from './exchange';

/** Bodies of control requests: a body that is not understood gets 400 with the field and what was expected there. */

const BODY_LIMIT = 16 * 1024 ** 2;

/** What is wrong with a control request. */
export interface Problem {
  field: string;
  expected: string;
}

/** The body as JSON: `whenEmpty` if there is no body, undefined if it is not JSON. */
export async function readControl(exchange: Exchange, whenEmpty?: unknown): Promise<unknown> {
  const text = (await readBody(exchange.request, BODY_LIMIT))?.toString();
  if (text === '') return whenEmpty;
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** The checked body, or null after the problem was answered. */
export async function readAs<Body>(
  exchange: Exchange,
  schema: z.ZodType<Body>,
  whenEmpty?: Body,
): Promise<Body | null> {
  const body = await readControl(exchange, whenEmpty);
  const parsed = body === undefined ? null : schema.safeParse(body);
  if (parsed?.success) return parsed.data;
  answerProblem(exchange, problemOf(parsed?.error));
  return null;
}

export function problemOf(error: z.ZodError | undefined): Problem {
  const issue = error?.issues[0];
  if (!issue) return { field: 'body', expected: 'a JSON object' };
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return { field: [...path, ...issue.keys.slice(0, 1)].join('.'), expected: 'no such field' };
  }
  return { field: path.join('.') || 'body', expected: issue.message };
}

export function answerProblem(exchange: Exchange, { field, expected }: Problem): void {
  answerJson(exchange, 400, { error: { message: `${field}: ${expected}`, field, expected } });
}
