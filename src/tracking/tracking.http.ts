import { json, Router } from 'express';
import type { AccountsService } from '../accounts/accounts.service';
import type { Business } from '../accounts/business.entity';
import { Role } from '../accounts/viewer';
import type { Viewer } from '../accounts/viewer';
import type { Authenticate } from '../accounts/token';
import { isUnavailable, UserError } from '../infra/errors';
import type { Clicks } from './clicks';
import { conversionInput, problemOf } from './conversion-input';
import type { Order } from './conversion-input';
import type { Conversions } from './conversions';

/** Orders in one request. */
const largestPost = 1000;

const expectedBody = `one order, {"businessId": "…", "orderId": "…"}, or an array of up to ${largestPost}`;

const jsonTypes = ['json', '+json'];

/** Not strict: `null` and `5` are JSON, and are told what is expected instead. */
const readJson = json({ limit: '1mb', type: jsonTypes, strict: false });

/** An element of the request and what is to be said of it. */
interface Remark {
  index: number;
  reason: string;
}

/** The answer of `POST /conversions`. `unattributed` are accepted orders that belong to no campaign; left out when empty. */
interface Summary {
  accepted: number;
  duplicates: number;
  rejected: Remark[];
  unattributed?: Remark[];
}

/** `GET /r/:token` and `POST /conversions`. */
export function trackingRoutes(
  clicks: Clicks,
  conversions: Conversions,
  accounts: AccountsService,
  authenticate: Authenticate,
): Router {
  const router = Router();

  router.get('/r/:token', async (request, response) => {
    const target = await clicks.follow({
      path: request.params.token,
      method: request.method,
      userAgent: request.get('user-agent'),
      purpose: ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']
        .map((name) => request.get(name))
        .find((value) => value),
    });
    response.set('cache-control', 'no-store').set('referrer-policy', 'no-referrer');
    if (!target) {
      response.status(404).type('text/plain').send('This link is not known');
      return;
    }
    response.status(302).set('location', target).end();
  });

  router.post('/conversions', readJson, async (request, response) => {
    const viewer = await authenticate(request.get('authorization'));
    viewer.mustBe(Role.MARKETER);
    // false for a body of another type; null without a body
    if (request.is(jsonTypes) === false) {
      const message = `Content-Type: expected application/json; the body is ${expectedBody}`;
      response.status(415).json({ error: { code: 'BAD_REQUEST', message } });
      return;
    }
    const body: unknown = request.body;
    if (typeof body !== 'object' || body === null)
      throw new UserError('BAD_USER_INPUT', `The request body: expected ${expectedBody}`);
    const list: unknown[] = Array.isArray(body) ? body : [body];
    if (list.length > largestPost)
      throw new UserError('BAD_USER_INPUT', `expected at most ${largestPost} conversions`);
    const { orders, rejected } = await readOrders(
      list,
      businessLookUp(accounts, viewer),
      Array.isArray(body),
    );
    const summary: Summary = { accepted: 0, duplicates: 0, rejected };
    const unattributed: Remark[] = [];
    const recorded = await conversions.record(orders.map(({ order }) => order));
    recorded.forEach((one, i) => {
      const index = orders[i]?.index ?? 0;
      if (one.result === 'failed') {
        // one order alone gets the status of its error
        if (!Array.isArray(body)) throw one.error;
        rejected.push({ index, reason: 'the order could not be stored' });
      } else if (one.result === 'refused') rejected.push({ index, reason: `${one.field}: ${one.expected}` });
      else if (one.result === 'duplicate') summary.duplicates++;
      else {
        summary.accepted++;
        if (one.unattributed) unattributed.push({ index, reason: one.unattributed });
      }
    });
    rejected.sort((a, b) => a.index - b.index);
    if (unattributed.length > 0) summary.unattributed = unattributed;
    response.status(202).json(summary);
  });

  return router;
}

/** The orders of a request that can be recorded, with their places in it, and what is wrong with the others. */
async function readOrders(
  list: readonly unknown[],
  businessOf: (id: string) => Promise<Business | UserError>,
  severalWereSent: boolean,
): Promise<{ orders: { index: number; order: Order }[]; rejected: Remark[] }> {
  const orders: { index: number; order: Order }[] = [];
  const rejected: Remark[] = [];
  for (const [index, item] of list.entries()) {
    const parsed = conversionInput.safeParse(item);
    if (!parsed.success) {
      const { field, expected } = problemOf(parsed.error);
      rejected.push({ index, reason: [field, expected].filter(Boolean).join(': ') });
      continue;
    }
    const business = await businessOf(parsed.data.businessId);
    if (business instanceof UserError) {
      // one order alone gets the status of its error; among several it is one rejected element
      if (!severalWereSent) throw business;
      rejected.push({ index, reason: `businessId: ${business.message}` });
      continue;
    }
    const { id: businessId, defaultCountry, attributionDays } = business;
    orders.push({ index, order: { ...parsed.data, businessId, defaultCountry, attributionDays } });
  }
  return { orders, rejected };
}

/** Looks each business up once, however many orders name it; one that the viewer does not see is the error that says so. */
function businessLookUp(
  accounts: AccountsService,
  viewer: Viewer,
): (id: string) => Promise<Business | UserError> {
  const known = new Map<string, Business | UserError>();
  return async (id) => {
    const found = known.get(id) ?? (await accounts.business(viewer, id).catch(toRefusal));
    known.set(id, found);
    return found;
  };
}

function toRefusal(error: unknown): UserError {
  if (error instanceof UserError && !isUnavailable(error)) return error;
  throw error;
}
