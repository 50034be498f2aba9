/**
 * SQL: the identities of a person whom a webhook names by a phone, a BSUID or both, as a SELECT of one column: that of the
 * phone, the BSUID itself, and those of the contacts that have the BSUID.
 * @param business SQL: the business's id
 * @param phone SQL: E.164, or NULL
 * @param userId SQL: the BSUID, or NULL
 */
export function identitiesOf(business: string, phone: string, userId: string): string {
  const contacts = ['leads', 'customers'].map(
    (table) =>
      `SELECT b.identity FROM ${table} b WHERE b.business_id = ${business} AND b.bsuid = ${userId} AND b.identity IS NOT NULL`,
  );
  return `SELECT phone_identity(${phone}) AS identity WHERE ${phone} IS NOT NULL
    UNION SELECT ${userId} WHERE ${userId} IS NOT NULL
    UNION ${contacts.join(' UNION ')}`;
}
