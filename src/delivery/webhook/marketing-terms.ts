import { onboarded } from '../../accounts/marketing-api';
import { rows } from '../../infra/database';
import type { Sql } from '../../infra/database';

/** Accounts that accepted the terms of the Marketing Messages API have it from now on. Can run twice. */
export async function storeMarketingTerms(sql: Sql, wabaIds: readonly string[]): Promise<void> {
  if (wabaIds.length === 0) return;
  await rows(
    sql,
    `/* storeMarketingTerms */ UPDATE senders SET marketing_onboarding = $2, marketing_onboarding_read_at = now()
     WHERE waba_id = ANY ($1::text[])`,
    [wabaIds, onboarded],
  );
}
