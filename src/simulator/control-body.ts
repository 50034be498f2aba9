import { z } from 'zod';
import { answerJson, readBody, type RequestContext } from './request-context';

/** Parsing of control request bodies. An invalid body is answered with 400, the field and the expected value. */

const BODY_LIMIT = 16 * 1024 ** 2;

/** The invalid field of a control request and what was expected. */
export interface Problem {
  field: string;
  expected: string;
}

/** Parses the body as JSON; returns `whenEmpty` if it is empty and undefined if it is not JSON. */
export async function readControl(context: RequestContext, whenEmpty?: unknown): Promise<unknown> {
  const text = (await readBody(context.request, BODY_LIMIT))?.toString();
  if (text === '') return whenEmpty;
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Returns the validated body, or null after answering with 400. */
export async function readAs<Body>(
  context: RequestContext,
  schema: z.ZodType<Body>,
  whenEmpty?: Body,
): Promise<Body | null> {
  const body = await readControl(context, whenEmpty);
  const parsed = body === undefined ? null : schema.safeParse(body);
  if (parsed?.success) return parsed.data;
  answerProblem(context, problemOf(parsed?.error));
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

export function answerProblem(context: RequestContext, { field, expected }: Problem): void {
  answerJson(context, 400, { error: { message: `${field}: ${expected}`, field, expected } });
}
