import { createHash } from 'node:crypto';
import { refuse, type Refusal } from './errors';
import { answerJson, answerRefusal, readBody, type RequestContext } from './request-context';

/** The Resumable Upload API, for the examples of media headers: a session, then the bytes, then a handle. */

const LIMIT = 105 * 1024 ** 2;
const SESSION = /^upload:(\d+)$/;

/** Answers a request of the upload API; false if it is another one. The session's id is the length of its file. */
export async function handleExampleUpload(context: RequestContext): Promise<boolean> {
  const { method, path, query } = context;
  if (method !== 'POST') return false;
  if (path.length === 2 && path[1] === 'uploads' && /^(app|\d+)$/.test(path[0] ?? '')) {
    const length = Number(query.get('file_length'));
    const type = query.get('file_type') ?? '';
    const isFile = Number.isSafeInteger(length) && length > 0 && /^[a-z]+\/[\w.+-]+$/.test(type);
    answer(
      context,
      isFile ? { id: `upload:${length}` } : refuse(100, 'Param file_length or file_type is invalid.'),
    );
    return true;
  }
  const session = path.length === 1 ? SESSION.exec(path[0] ?? '') : null;
  if (!session) return false;
  const body = await readBody(context.request, LIMIT);
  const complete = body?.length === Number(session[1]) && context.request.headers.file_offset === '0';
  const handle = () =>
    `4::${createHash('sha256')
      .update(body ?? '')
      .digest('base64url')}`;
  answer(context, complete ? { h: handle() } : refuse(100, 'The upload is not complete.'));
  return true;
}

function answer(context: RequestContext, result: object | Refusal): void {
  if ('error' in result) answerRefusal(context, result);
  else answerJson(context, 200, result);
}
