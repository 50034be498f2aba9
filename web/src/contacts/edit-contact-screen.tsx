import { useApolloClient, useQuery } from '@apollo/client/react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useBusiness } from '../frame/business';
import { ContactDocument, UpdateContactDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { ContactForm } from './contact-form';
import { changesOf } from './contact-values';
import { useContactWords } from './words';

/** Changes the fields of one person. */
export function EditContactScreen() {
  const say = useText();
  const words = useContactWords();
  const { timezone } = useBusiness();
  const { contactId } = useParams({ from: '/contacts/$contactId/edit' });
  const client = useApolloClient();
  const navigate = useNavigate();
  const mayChange = useMay('MARKETER');
  const { data, error, refetch } = useQuery(ContactDocument, {
    variables: { id: contactId },
    // The form is filled once: with what holds now.
    fetchPolicy: 'no-cache',
  });
  const contact = data?.contact;
  const back = (notice?: string) =>
    navigate({ to: '/contacts/$contactId', params: { contactId }, replace: true, state: { notice } });

  return (
    <>
      <PageHeader
        title={contact ? say('contacts.editOf', { name: words.name(contact) }) : say('contacts.edit')}
        sentence={say('contacts.editSentence')}
      />
      {error && (
        <ErrorState
          title={say('contacts.oneFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!mayChange && (
        <EmptyState title={say('contacts.notAllowed')}>{say('contacts.notAllowedNext')}</EmptyState>
      )}
      {mayChange && !contact && !error && <SkeletonRows rows={8} />}
      {mayChange && contact && (
        <ContactForm
          kind={contact.kind}
          contact={contact}
          action={say('contacts.save')}
          failed={say('contacts.notSaved')}
          cancel={() => void back()}
          save={async (values) => {
            const input = changesOf(contact, contact.kind, values, timezone);
            if (Object.keys(input).length === 0) return back();
            await client.mutate({ mutation: UpdateContactDocument, variables: { id: contactId, input } });
            return back(say('contacts.saved'));
          }}
        />
      )}
    </>
  );
}
