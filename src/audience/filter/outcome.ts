import { RecipientOutcome } from './filter';

/** Accepted by WhatsApp, and not since reported failed. */
const sent = `r.status IN ('SENT', 'DELIVERED', 'READ')`;

/** What each outcome says of a row of campaign_recipients (alias r). None of the conditions is ever NULL. */
export const outcomeConditions: Readonly<Record<RecipientOutcome, string>> = {
  SENT: sent,
  DELIVERED: `r.status IN ('DELIVERED', 'READ')`,
  READ: `r.status = 'READ'`,
  CLICKED: 'r.clicked_at IS NOT NULL',
  CONVERTED: 'r.converted_at IS NOT NULL',
  REPLIED: 'r.replied_at IS NOT NULL',
  FAILED: `r.status = 'FAILED'`,
  UNCONFIRMED: `r.status = 'UNCONFIRMED'`,
  SKIPPED: `r.status = 'SKIPPED'`,
  EXCLUDED: `r.status = 'EXCLUDED'`,
  NOT_DELIVERED: `r.status = 'SENT'`,
  NOT_READ: `r.status IN ('SENT', 'DELIVERED')`,
  NOT_CLICKED: `(${sent} AND r.clicked_at IS NULL)`,
  NOT_CONVERTED: `(${sent} AND r.converted_at IS NULL)`,
};
