import { isIP } from 'node:net';
import type { WebhookSetup } from './accounts.graphql';

export const webhookPath = '/webhooks/whatsapp';

/** What Dakiya reads; a field that is not subscribed to is not missed at once, but its news are. */
const fields = [
  'messages',
  'user_preferences',
  'message_template_status_update',
  'message_template_quality_update',
  'message_template_components_update',
  'template_category_update',
  'phone_number_quality_update',
  'phone_number_name_update',
  'business_capability_update',
  'account_update',
  'account_review_update',
  'account_alerts',
  'security',
];

/** What to enter at Meta. Pure. */
export function webhookSetup(publicUrl: string, verifyToken: string): WebhookSetup {
  return { url: publicUrl + webhookPath, verifyWord: verifyToken, fields, problem: problemOf(publicUrl) };
}

/** Meta calls public https addresses only. */
function problemOf(publicUrl: string): string | null {
  const { protocol, hostname } = new URL(publicUrl);
  const local = /(^|\.)localhost$|\.local$/.test(hostname) || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  if (protocol === 'https:' && !local) return null;
  return `Meta sends webhooks only to a public https address, and PUBLIC_URL is ${publicUrl}. Set PUBLIC_URL to the address under which Meta can reach this server.`;
}
