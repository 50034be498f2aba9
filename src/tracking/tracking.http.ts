import { json, Router } from 'express';
import type { AccountsService } from '../accounts/accounts.service';
import { Role } from '../accounts/viewer';
import type { Authenticate } from '../accounts/token';
import { isUnavailable, UserError } from '../infra/errors';
import type { Clicks } from './clicks';
import { conversionInput } from './conversions';
import type { Conversions } from './conversions';

/** Orders in one request. */
const largestPost = 1000;

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
      token: request.params.token,
      method: request.method,
      userAgent: request.get('user-agent'),
      purpose: request.get('sec-purpose') ?? request.get('purpose') ?? request.get('x-purpose'),
    });
    response.set('cache-control', 'no-store').set('referrer-policy', 'no-referrer');
    if (!target) {
      response.status(404).type('text/plain').send('This link is not known');
      return;
    }
    response.status(302).set('location', target).end();
  });

  router.post('/conversions', json({ limit: '1mb' }), async (request, response) => {
    const viewer = await authenticate(request.get('authorization'));
    viewer.mustBe(Role.MARKETER);
    const body: unknown = request.body;
    const list: unknown[] = Array.isArray(body) ? body : [body];
    if (list.length > largestPost)
      throw new UserError('BAD_USER_INPUT', `expected at most ${largestPost} conversions`);
    const summary = { accepted: 0, duplicates: 0, rejected: [] as { index: number; reason: string }[] };
    for (const [index, item] of list.entries()) {
      const parsed = conversionInput.safeParse(item);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        summary.rejected.push({
          index,
          reason: [issue?.path.join('.'), issue?.message].filter(Boolean).join(': '),
        });
        continue;
      }
      try {
        const business = await accounts.business(viewer, parsed.data.businessId);
        const { result } = await conversions.record(
          { ...parsed.data, businessId: business.id },
          business.defaultCountry,
        );
        if (result === 'new') summary.accepted++;
        else summary.duplicates++;
      } catch (error) {
        // One order alone gets the status of its error; among several it is one rejected line.
        if (!(error instanceof UserError) || isUnavailable(error) || !Array.isArray(body)) throw error;
        summary.rejected.push({ index, reason: `businessId: ${error.message}` });
      }
    }
    response.status(202).json(summary);
  });

  return router;
}
