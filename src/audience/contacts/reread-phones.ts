import type { DataSource } from 'typeorm';
import { rows, transact } from '../../infra/database';
import type { Log } from '../../infra/log';
import { normalisePhone } from './phone';

/** Contacts that are read and written at once. */
const setSize = 5000;

/**
 * Reads the phones of all contacts again, if the database is about to be upgraded from a build with other rules for
 * phone numbers: contacts whose phone means another number now, or none, get it. To be called before the migrations run:
 * `identity` is the first migration of the new rules, and as long as it is pending, an upgrade that broke off begins again.
 */
export async function rereadPhones(database: DataSource, log: Log): Promise<void> {
  if (!(await hasOldRules(database))) return;
  for (const table of ['leads', 'customers'] as const) {
    const changed = await reread(database, table);
    log.info({ table, changed }, 'phones were read again by the current rules');
  }
}

async function hasOldRules(database: DataSource): Promise<boolean> {
  const [schema] = await rows<{ exists: boolean }>(
    database,
    `/* hasMigrations */ SELECT to_regclass('migrations') IS NOT NULL AND to_regclass('leads') IS NOT NULL AS exists`,
  );
  if (!schema?.exists) return false;
  const applied = await rows<{ name: string }>(
    database,
    `/* appliedIdentity */ SELECT name FROM migrations WHERE name ^@ 'identity_'`,
  );
  return applied.length === 0;
}

/** @returns how many contacts changed */
async function reread(database: DataSource, table: 'leads' | 'customers'): Promise<number> {
  let changed = 0;
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined;) {
    const contacts: { id: string; phone: string; phone_e164: string | null; country: string }[] = await rows(
      database,
      `/* contactsToRead */ SELECT t.id, t.phone, t.phone_e164, b.default_country AS country
       FROM ${table} t JOIN businesses b ON b.id = t.business_id WHERE t.id > $1 ORDER BY t.id LIMIT ${setSize}`,
      [after],
    );
    const different = contacts
      .map(({ id, phone, phone_e164: old, country }) => ({
        id,
        phone,
        old,
        number: normalisePhone(phone, country),
      }))
      .filter(({ old, number }) => number !== old);
    if (different.length > 0) {
      // whoever changed the phone meanwhile has had it read
      await transact(database, (transaction) =>
        rows(
          transaction,
          `/* rereadPhones */ UPDATE ${table} t SET phone_e164 = i.number
           FROM unnest($1::uuid[], $2::text[], $3::text[]) AS i (id, phone, number)
           WHERE t.id = i.id AND t.phone = i.phone`,
          [
            different.map(({ id }) => id),
            different.map(({ phone }) => phone),
            different.map(({ number }) => number),
          ],
        ),
      );
    }
    changed += different.length;
    after = contacts.length < setSize ? undefined : contacts.at(-1)?.id;
  }
  return changed;
}
