/**
 * SQL: the messages of a campaign to one person, found by the identity of the phone or by the number that WhatsApp named
 * in its answer to the post (`wa_id`), which in some countries differs from the phone. For `JOIN LATERAL`. A few index
 * lookups: with OR, PostgreSQL would read the whole campaign.
 * @param campaign SQL: the campaign's id
 * @param identity SQL: what follows `identity`: the identity, or several of them
 * @param waId SQL: the person's number in WhatsApp's form, digits only
 * @param userId SQL: the person's BSUID, where it may be known
 */
export function messagesOfPerson(campaign: string, identity: string, waId: string, userId?: string): string {
  const columns = 'campaign_id, seq, phone, status, claim_no, wamid, sent_at';
  return `(SELECT ${columns} FROM campaign_recipients
      WHERE campaign_id = ${campaign} AND identity ${identity} AND excluded_reason IS NULL
    UNION SELECT ${columns} FROM campaign_recipients
      WHERE campaign_id = ${campaign} AND wa_id = ${waId} AND excluded_reason IS NULL${
        userId === undefined
          ? ''
          : `
    UNION SELECT ${columns} FROM campaign_recipients
      WHERE campaign_id = ${campaign} AND user_id = ${userId} AND excluded_reason IS NULL`
      })`;
}
