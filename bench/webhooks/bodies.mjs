// Signed webhook requests as WhatsApp posts them, made before they are posted.
import { createHmac } from 'node:crypto';

/** Statuses of one campaign come roughly in the order in which its messages were sent. */
const outOfOrderBy = 200;

/**
 * Requests of `perRequest` statuses each, of the recipients from `from` on of each campaign, the campaigns by turns.
 * @param campaigns `{ id, phoneNumberId }` of each
 * @param count statuses; a multiple of campaigns × perRequest
 * @returns the heads and bodies, ready to be posted
 */
export function signedRequests({ campaigns, from, count, perRequest, secret }) {
  const places = campaigns.map(() => shuffledLocally(count / campaigns.length, from));
  const requests = [];
  for (let done = 0; done < count / campaigns.length; done += perRequest)
    for (const [i, { id, phoneNumberId }] of campaigns.entries())
      requests.push(signed(bodyOf(id, phoneNumberId, places[i].slice(done, done + perRequest)), secret));
  return requests;
}

function shuffledLocally(count, from) {
  const seqs = Array.from({ length: count }, (_, i) => i);
  const at = new Map(seqs.map((i) => [i, i + Math.random() * outOfOrderBy]));
  return seqs.sort((a, b) => at.get(a) - at.get(b)).map((i) => i + from);
}

/** `delivered`, as of a marketing template: what moves a row, a counter and the cost. */
function bodyOf(campaignId, phoneNumberId, seqs) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '55501',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { display_phone_number: '912240000000', phone_number_id: phoneNumberId },
              statuses: seqs.map((seq) => ({
                id: wamidOf(seq),
                status: 'delivered',
                timestamp,
                recipient_id: `9198${String(seq).padStart(8, '0')}`,
                biz_opaque_callback_data: `${campaignId}:${seq}:1`,
                pricing: { billable: true, pricing_model: 'PMP', category: 'marketing', type: 'regular' },
              })),
            },
          },
        ],
      },
    ],
  });
}

/** Of the length of a real one. */
const wamidOf = (seq) => `wamid.HBgMOTE5ODc2NTQzMjEwFQIAERgS${String(seq).padStart(20, '0')}AA==`;

function signed(text, secret) {
  const body = Buffer.from(text);
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return {
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
    body,
  };
}
