import { raw, Router } from 'express';
import type { AccountsService } from '../../accounts/accounts.service';
import type { Authenticate } from '../../accounts/token';
import { Role } from '../../accounts/viewer';
import type { Sql } from '../../infra/database';
import { badInput, notFound, UserError } from '../../infra/errors';
import { isUuid } from '../../infra/input';
import { storeMedia } from './media-store';
import { Media } from './media.entity';
import { maxMediaBytes, mediaTypeOf, mediaTypes, wrongMedia } from './media-type';

/** `POST /media?businessId=` keeps a file; `GET /media/:id` gives it back. */
export function mediaRoutes(database: Sql, accounts: AccountsService, authenticate: Authenticate): Router {
  const router = Router();
  const readBody = raw({ type: () => true, limit: maxMediaBytes, inflate: false });

  router.post(
    '/media',
    async (request, response, next) => {
      const viewer = await authenticate(request.get('authorization'));
      viewer.mustBe(Role.MARKETER);
      const { businessId, ...others } = request.query;
      const [other] = Object.keys(others);
      if (other !== undefined) throw badInput(other.slice(0, 50), 'only the parameter businessId');
      if (typeof businessId !== 'string') throw badInput('businessId', 'the id of a business');
      const business = await accounts.business(viewer, businessId);
      const type = mediaTypeOf(request.get('content-type'));
      if (!type)
        throw new UserError('BAD_USER_INPUT', `Content-Type: expected one of ${mediaTypes.join(', ')}`);
      response.locals.media = { businessId: business.id, type };
      next();
    },
    readBody,
    async (request, response) => {
      const { businessId, type } = response.locals.media as { businessId: string; type: string };
      const content: unknown = request.body;
      const file = Buffer.isBuffer(content) ? content : Buffer.alloc(0);
      const wrong = wrongMedia(type, file);
      if (wrong) throw new UserError('BAD_USER_INPUT', `The file: expected ${wrong}`);
      const { id: mediaId, ...kept } = await storeMedia(database, businessId, type, file);
      response.status(201).json({ mediaId, ...kept });
    },
  );

  router.get('/media/:id', async (request, response) => {
    const viewer = await authenticate(request.get('authorization'));
    const { id } = request.params;
    const media = isUuid(id) ? await database.getRepository(Media).findOneBy({ id }) : null;
    if (!media || !viewer.sees(media.businessId)) throw notFound('Media');
    const content = await database
      .getRepository(Media)
      .findOneOrFail({ where: { id }, select: { content: true } });
    response
      .type(media.type)
      .set('cache-control', 'private, max-age=31536000, immutable')
      // a document is never shown as a page of ours
      .set('content-disposition', 'attachment')
      .set('x-content-type-options', 'nosniff')
      .send(content.content);
  });

  return router;
}
