import type { ReactNode } from 'react';
import { phone } from '../format/phone';
import type { ContactRowFragment } from '../generated/graphql';
import type { MessageId } from '../i18n/message-ids';
import { When } from '../ui/when';
import styles from './contacts.module.css';
import type { ContactKind } from './contact-values';
import type { ContactWords } from './words';

export interface ContactColumn {
  key: string;
  header: MessageId;
  numeric?: boolean;
  /** Undefined where there is nothing to be shown. */
  cell: (contact: ContactRowFragment, words: ContactWords) => ReactNode;
}

const ofBoth: ContactColumn[] = [
  {
    key: 'phone',
    header: 'contacts.phone',
    cell: (contact, words) => <Phone contact={contact} words={words} />,
  },
  { key: 'email', header: 'contacts.email', cell: ({ email }) => email },
  { key: 'tags', header: 'contacts.tags', cell: ({ tags }) => tags.join(', ') },
];

const ofLeads: ContactColumn[] = [
  { key: 'status', header: 'contacts.status', cell: ({ status }, words) => words.status(status) },
  { key: 'quality', header: 'contacts.quality', cell: ({ quality }, words) => words.quality(quality) },
  { key: 'city', header: 'contacts.city', cell: ({ city }) => city },
  { key: 'state', header: 'contacts.state', cell: ({ state }) => state },
  { key: 'assignedUserId', header: 'contacts.assignedUserId', cell: ({ assignedUserId }) => assignedUserId },
];

const ofCustomers: ContactColumn[] = [
  {
    key: 'totalSpent',
    header: 'contacts.totalSpent',
    numeric: true,
    cell: ({ totalSpent }, words) => words.amount(totalSpent),
  },
  {
    key: 'totalOrders',
    header: 'contacts.totalOrders',
    numeric: true,
    cell: ({ totalOrders }, words) => words.count(totalOrders),
  },
  {
    key: 'lastOrderAt',
    header: 'contacts.lastOrderAt',
    cell: ({ lastOrderAt }, { timeZone }) => lastOrderAt && <Time at={lastOrderAt} timeZone={timeZone} />,
  },
  {
    key: 'engagementScore',
    header: 'contacts.engagementScore',
    numeric: true,
    cell: ({ engagementScore }, words) => words.count(engagementScore),
  },
];

const last: ContactColumn[] = [
  { key: 'externalId', header: 'contacts.externalId', cell: ({ externalId }) => externalId },
  {
    key: 'createdAt',
    header: 'contacts.createdAt',
    cell: ({ createdAt }, { timeZone }) => <Time at={createdAt} timeZone={timeZone} />,
  },
];

/** The columns that the list can have beside the name, in their order. */
export const columnsOf: Record<ContactKind, readonly ContactColumn[]> = {
  LEAD: [...ofBoth, ...ofLeads, ...last],
  CUSTOMER: [...ofBoth, ...ofCustomers, ...last],
};

/** Those that it has until somebody chooses others. */
export const usualColumns: Record<ContactKind, readonly string[]> = {
  LEAD: ['phone', 'tags', 'status', 'quality', 'city'],
  CUSTOMER: ['phone', 'tags', 'totalSpent', 'totalOrders', 'lastOrderAt'],
};

function Time(when: { at: string; timeZone: string }) {
  return (
    <span className={styles.nowrap}>
      <When {...when} />
    </span>
  );
}

function Phone({ contact, words }: { contact: ContactRowFragment; words: ContactWords }) {
  if (contact.phoneE164 !== null) return <span className={styles.nowrap}>{phone(contact.phoneE164)}</span>;
  return words.phone(contact);
}
