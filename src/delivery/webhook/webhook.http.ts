import { raw, Router } from 'express';
import type { RefusedSubjects, WebhookRefusals } from '../../accounts/webhook-refusals';
import { webhookPath } from '../../accounts/webhook-setup';
import type { Log } from '../../infra/log';
import type { Metrics } from '../../infra/metrics';
import { isSigned } from '../../whatsapp/signature';
import { parseWebhook } from '../../whatsapp/webhook-events';
import type { WebhookIntake } from './intake';

export interface WebhookSecrets {
  appSecret: string;
  verifyToken: string;
}

/**
 * `GET` and `POST /webhooks/whatsapp`: Meta's handshake, and its events, whose signature is over the raw bytes. Meta's are
 * up to 3 MB; 4 MB are accepted. Refusals are noted after the answer.
 */
export function webhookRoutes(
  intake: WebhookIntake,
  secrets: WebhookSecrets,
  refusals: WebhookRefusals,
  metrics: Metrics,
  log: Log,
): Router {
  const router = Router();
  const note = (noting: Promise<void>) =>
    void noting.catch((err: unknown) => log.debug({ err }, 'a refused webhook was not noted'));

  router.get(webhookPath, (request, response) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    response.type('text/plain');
    if (mode !== 'subscribe' || token !== secrets.verifyToken || typeof challenge !== 'string') {
      response.status(403).send('Forbidden');
      if (mode === 'subscribe' && typeof token === 'string') note(refusals.noteVerification());
      return;
    }
    response.send(challenge.slice(0, 200));
    note(refusals.forgetVerification());
  });

  router.post(
    webhookPath,
    raw({ type: () => true, limit: '4mb', inflate: false }),
    async (request, response) => {
      const end = metrics.webhookSeconds.startTimer();
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      response.type('text/plain');
      if (!isSigned(body, request.get('x-hub-signature-256'), secrets.appSecret)) {
        response.status(401).send('Unauthorized');
        note(refusals.noteSignature(() => subjectsOf(body)));
        return;
      }
      const events = parseWebhook(body);
      if (!events) {
        response.status(400).send('Not a WhatsApp webhook');
        return;
      }
      const { numbers, templates, accounts, marketingTerms } = events;
      // statuses, messages, changes of identities and preferences name their number, as a rule
      const known =
        numbers.size +
        events.statuses.length +
        events.inbound.length +
        events.identities.length +
        events.preferences.length +
        templates.length +
        accounts.length +
        marketingTerms.length;
      if (known > 0) await intake.take(events);
      response.send('OK');
      end();
    },
  );

  return router;
}

function subjectsOf(body: Buffer): RefusedSubjects {
  const events = parseWebhook(body);
  const changes = [...(events?.templates ?? []), ...(events?.accounts ?? [])];
  return { phoneNumberIds: [...(events?.numbers ?? [])], wabaIds: changes.map(({ wabaId }) => wabaId) };
}
