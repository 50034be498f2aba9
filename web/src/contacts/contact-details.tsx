import type { ReactNode } from 'react';
import { useFormat } from '../format/use-format';
import type { ContactFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { When } from '../ui/when';
import { attributeText, fieldsOf } from './contact-values';
import styles from './contacts.module.css';
import { useContactWords } from './words';

/** The fields, the tags and the attributes of a person. */
export function ContactDetails({ contact }: { contact: ContactFieldsFragment }) {
  const say = useText();
  const words = useContactWords();
  const format = useFormat();
  const { kind, tags, attributes, lastOrderAt, createdAt, updatedAt } = contact;

  const shown: Partial<Record<string, ReactNode>> = {
    status: words.status(contact.status),
    quality: words.quality(contact.quality),
    city: contact.city,
    state: contact.state,
    assignedUserId: contact.assignedUserId,
    totalSpent: words.amount(contact.totalSpent),
    totalOrders: words.count(contact.totalOrders),
    lastOrderAt: lastOrderAt && <When at={lastOrderAt} timeZone={words.timeZone} />,
    engagementScore: words.count(contact.engagementScore),
  };
  const line = (label: string, value: ReactNode) => (
    <div key={label}>
      <dt>{label}</dt>
      <dd>{value || <span className="muted">{say('contacts.notKnown')}</span>}</dd>
    </div>
  );
  return (
    <>
      <section className={styles.section} aria-labelledby="details">
        <h2 id="details">{say('contacts.details')}</h2>
        <dl className={styles.details}>
          {line(say('contacts.name'), contact.name)}
          {line(say('contacts.phone'), words.phone(contact))}
          {line(say('contacts.email'), contact.email)}
          {line(
            say('contacts.tags'),
            tags.length > 0 && (
              <ul className={styles.tags}>
                {tags.map((tag) => (
                  <li key={tag}>{tag}</li>
                ))}
              </ul>
            ),
          )}
          {fieldsOf[kind].map((field) => line(say(`contacts.${field}`), shown[field]))}
          {line(say('contacts.externalId'), contact.externalId)}
          {contact.bsuid !== null && line(say('contacts.bsuid'), contact.bsuid)}
          {line(say('contacts.createdAt'), format.absolute(createdAt, words.timeZone))}
          {line(say('contacts.updatedAt'), format.absolute(updatedAt, words.timeZone))}
        </dl>
      </section>
      {Object.keys(attributes).length > 0 && (
        <section className={styles.section} aria-labelledby="attributes">
          <h2 id="attributes">{say('contacts.attributes')}</h2>
          <table className={styles.attributeTable} aria-labelledby="attributes">
            <thead>
              <tr>
                <th scope="col">{say('contacts.attributeName')}</th>
                <th scope="col">{say('contacts.attributeValue')}</th>
              </tr>
            </thead>
            <tbody>
              {Object.entries(attributes)
                .sort(([a], [b]) => a.localeCompare(b))
                .map(([name, value]) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td>{attributeText(value)}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
