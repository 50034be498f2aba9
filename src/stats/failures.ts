import { isRetryable } from '../campaigns/worth-retrying';
import { rows } from '../infra/database';
import type { Sql } from '../infra/database';
import { policyFor } from '../whatsapp/error-catalogue';
import type { ErrorClass } from '../whatsapp/error-catalogue';

/** Failures of one kind. */
export interface FailureKind {
  /** WhatsApp's; null for failures without one. */
  code: number | null;
  /** What happened, in a sentence. */
  text: string;
  /** What to do, in one or more sentences. */
  action: string;
  count: number;
  /** Whether retryFailed sends them again. */
  retryable: boolean;
}

/** How campaign_failures says that there is no code. */
const noCode = -1;

/** The failures of a campaign by code, most frequent first; their counts add up to failedCount. */
export async function readFailures(sql: Sql, campaignId: string): Promise<FailureKind[]> {
  const found = await rows<{ code: number; count: number }>(
    sql,
    `/* failures */ SELECT code, count FROM campaign_failures WHERE campaign_id = $1 AND count <> 0 ORDER BY count DESC, code`,
    [campaignId],
  );
  return found.map(({ code, count }) => ({
    ...explained(code),
    code: code === noCode ? null : code,
    count,
    retryable: code !== noCode && isRetryable(code),
  }));
}

/** What to do where the catalogue's text does not say it. */
const usualAction: Record<ErrorClass, string> = {
  retry: 'Retry later.',
  throttle: 'Retry later.',
  pair: 'Retry later.',
  recipient: 'Sending again does not help. Reach these people in another way.',
  later: 'Retry after 24 hours at the earliest.',
  campaign: 'Check the template and its values.',
  sender: 'Check the number in WhatsApp Manager.',
};

/** The catalogue's text says what happened, and after it what to do. Pure. */
export function explained(code: number): Pick<FailureKind, 'text' | 'action'> {
  if (code === noCode)
    return {
      text: 'The message failed without a code of WhatsApp.',
      action: 'See the errors of the people.',
    };
  const policy = policyFor({ code });
  const [what = '', ...rest] = policy.text.split(/(?<=\.) /);
  const unknown = 'Look the code up at Meta, then retry.';
  const action = rest.length > 0 ? rest.join(' ') : isRetryable(code) ? unknown : usualAction[policy.class];
  return { text: full(what), action: full(action) };
}

function full(sentence: string): string {
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}
