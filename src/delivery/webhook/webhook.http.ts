import { raw, Router } from 'express';
import { webhookPath } from '../../accounts/webhook-setup';
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
 * up to 3 MB; 4 MB are accepted.
 */
export function webhookRoutes(intake: WebhookIntake, secrets: WebhookSecrets, metrics: Metrics): Router {
  const router = Router();

  router.get(webhookPath, (request, response) => {
    const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
    response.type('text/plain');
    if (mode !== 'subscribe' || token !== secrets.verifyToken || typeof challenge !== 'string') {
      response.status(403).send('Forbidden');
      return;
    }
    response.send(challenge.slice(0, 200));
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
