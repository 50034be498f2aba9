import { Router } from 'express';
import type { Request, Response } from 'express';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Authenticate } from '../../accounts/token';
import { Role } from '../../accounts/viewer';
import type { Business } from '../../accounts/business.entity';
import { badInput, UserError } from '../../infra/errors';
import { sendCsv } from '../../infra/http/csv-response';
import { checkText } from '../../infra/input';
import { UploadBroke } from './body';
import { ImportKind } from './kind';
import type { ImportService } from './import.service';
import type { ImportParameters } from './layout';
import { previewImport } from './preview';
import type { ImportReceiver } from './receive';
import { sampleFile } from './sample';

/** How long the rest of a refused file is read, so that its sender sees the answer; then the connection is closed. */
const patienceMs = 5_000;

/** `POST /imports`, `POST /imports/preview`, `GET /imports/sample.csv` and `GET /imports/:id/errors`. */
export function importRoutes(
  receiver: ImportReceiver,
  imports: ImportService,
  accounts: AccountsService,
  authenticate: Authenticate,
): Router {
  const router = Router();

  /** Who may import into which business, and how. */
  async function checked(request: Request): Promise<{ business: Business; parameters: ImportParameters }> {
    const viewer = await authenticate(request.get('authorization'));
    viewer.mustBe(Role.MARKETER);
    const { businessId } = request.query;
    if (typeof businessId !== 'string') throw badInput('businessId', 'the id of a business');
    const business = await accounts.business(viewer, businessId);
    const parameters = parametersOf(request.query);
    checkHeaders(request);
    return { business, parameters };
  }

  const taking = (work: (request: Request, response: Response) => Promise<void>) => {
    return async (request: Request, response: Response): Promise<void> => {
      try {
        await work(request, response);
      } catch (error) {
        if (error instanceof UploadBroke) {
          response.destroy();
          return;
        }
        throw error;
      } finally {
        discardRest(request);
      }
    };
  };

  router.post(
    '/imports',
    taking(async (request, response) => {
      const { business, parameters } = await checked(request);
      const importId = await receiver.receive(business, parameters, request);
      response.status(202).json({ importId });
    }),
  );

  router.post(
    '/imports/preview',
    taking(async (request, response) => {
      const { business, parameters } = await checked(request);
      response.json(await previewImport(business, parameters, request));
    }),
  );

  router.get('/imports/sample.csv', async (request, response) => {
    const kind = kindOf(request.query.kind);
    await sendCsv(response, `sample-${kind.toLowerCase()}.csv`, sampleFile(kind));
  });

  router.get('/imports/:id/errors', async (request, response) => {
    const viewer = await authenticate(request.get('authorization'));
    const found = await imports.import(viewer, request.params.id);
    response.set('cache-control', 'no-store');
    await sendCsv(response, `import-errors-${found.id}.csv`, imports.badRows(found));
  });

  return router;
}

function kindOf(value: unknown): ImportKind {
  const name = typeof value === 'string' ? value.toUpperCase() : '';
  const kind = Object.values(ImportKind).find((one) => String(one) === name);
  if (!kind) throw badInput('kind', 'leads, customers or optouts');
  return kind;
}

const known = ['businessId', 'kind', 'mapping', 'onDuplicate', 'attributes', 'fileName'];

function parametersOf(query: Request['query']): ImportParameters {
  for (const [name, value] of Object.entries(query)) {
    if (!known.includes(name)) throw badInput(name.slice(0, 50), `only the parameters ${known.join(', ')}`);
    if (typeof value !== 'string') throw badInput(name, 'one value');
  }
  const { mapping, onDuplicate, attributes, fileName } = query as Record<string, string | undefined>;
  if (onDuplicate !== undefined && onDuplicate !== 'update' && onDuplicate !== 'skip')
    throw badInput('onDuplicate', 'update or skip');
  if (attributes !== undefined && attributes !== 'true' && attributes !== 'false')
    throw badInput('attributes', 'true or false');
  return {
    kind: kindOf(query.kind),
    mapping: mapping === undefined ? {} : mappingOf(mapping),
    skipDuplicates: onDuplicate === 'skip',
    attributes: attributes === 'true',
    fileName: fileName === undefined ? null : checkText('fileName', fileName.toWellFormed(), 255),
  };
}

function mappingOf(text: string): Record<string, string | null> {
  const wrong = badInput('mapping', 'a JSON object of headers and fields, e.g. {"Mobile No": "phone"}');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong;
  if (!Object.values(value).every((field) => field === null || typeof field === 'string')) throw wrong;
  return value as Record<string, string | null>;
}

/** Clients say all sorts of types for a CSV; only what surely is none is refused. */
function checkHeaders(request: Request): void {
  const encoding = (request.get('content-encoding') ?? 'identity').trim().toLowerCase();
  if (!['identity', 'gzip', 'x-gzip'].includes(encoding))
    throw new UserError('BAD_USER_INPUT', 'Content-Encoding: expected gzip, or none');
  const type = (request.get('content-type') ?? '').toLowerCase();
  if (/^multipart\/|^application\/json|spreadsheetml|^application\/pdf|^image\//.test(type))
    throw new UserError('BAD_USER_INPUT', 'Content-Type: expected text/csv; the body is the file itself');
}

function discardRest(request: Request): void {
  if (request.complete || request.destroyed) return;
  request.on('error', () => undefined);
  request.unpipe();
  request.resume();
  const timer = setTimeout(() => request.destroy(), patienceMs);
  request.once('close', () => clearTimeout(timer));
}
