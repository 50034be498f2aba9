import { useApolloClient } from '@apollo/client/react';
import { NativeSelect } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useBusiness } from '../frame/business';
import { CreateContactDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';
import { ContactForm } from './contact-form';
import { newContact } from './contact-values';
import styles from './contacts.module.css';
import { forgetLists } from './use-contacts';

/** Adds one person by hand. */
export function NewContactScreen() {
  const say = useText();
  const { id: businessId, timezone } = useBusiness();
  const { kind: tab } = useSearch({ from: '/contacts/new' });
  const kind = tab === 'customers' ? 'CUSTOMER' : 'LEAD';
  const client = useApolloClient();
  const navigate = useNavigate();
  const mayChange = useMay('MARKETER');
  if (!mayChange)
    return (
      <>
        <PageHeader title={say('contacts.new')} />
        <EmptyState title={say('contacts.notAllowed')}>{say('contacts.notAllowedNext')}</EmptyState>
      </>
    );
  return (
    <>
      <PageHeader title={say('contacts.new')} sentence={say('contacts.newSentence')} />
      <NativeSelect
        className={styles.kind}
        label={say('contacts.kind')}
        value={tab ?? 'leads'}
        onChange={({ currentTarget }) =>
          void navigate({
            to: '/contacts/new',
            search: { kind: currentTarget.value === 'customers' ? 'customers' : undefined },
            replace: true,
            ignoreBlocker: true,
          })
        }
      >
        <option value="leads">{say('contacts.kindLead')}</option>
        <option value="customers">{say('contacts.kindCustomer')}</option>
      </NativeSelect>
      <ContactForm
        kind={kind}
        action={say('contacts.add')}
        failed={say('contacts.notAdded')}
        cancel={() => void navigate({ to: '/contacts', search: { kind: tab } })}
        save={async (values) => {
          const input = newContact(businessId, kind, values, timezone);
          const { data } = await client.mutate({ mutation: CreateContactDocument, variables: { input } });
          forgetLists(client);
          const contact = data?.createContact;
          if (contact)
            await navigate({
              to: '/contacts/$contactId',
              params: { contactId: contact.id },
              replace: true,
              state: { notice: say('contacts.added') },
            });
        }}
      />
    </>
  );
}
