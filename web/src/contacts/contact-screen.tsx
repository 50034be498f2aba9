import { useQuery } from '@apollo/client/react';
import { useParams } from '@tanstack/react-router';
import { useBusiness } from '../frame/business';
import { ContactDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { OptOutState } from '../opt-outs/opt-out-state';
import { useMay } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { ContactCampaigns } from './contact-campaigns';
import { ContactDetails } from './contact-details';
import styles from './contacts.module.css';
import { Notice } from './notice';
import { RemoveContact } from './remove-contact';
import { useContactWords } from './words';

/** Everything that is known of one person. */
export function ContactScreen() {
  const say = useText();
  const words = useContactWords();
  const business = useBusiness();
  const { contactId } = useParams({ from: '/contacts/$contactId' });
  const mayChange = useMay('MARKETER');
  const { data, error, refetch } = useQuery(ContactDocument, {
    variables: { id: contactId },
    fetchPolicy: 'cache-and-network',
  });
  const contact = data?.contact;
  const reload = () => void refetch().catch(() => undefined); // shown by `error`

  if (!contact)
    return (
      <>
        <PageHeader title={say('contacts.one')} />
        {error ? (
          <ErrorState title={say('contacts.oneFailed')} error={error} retry={reload} />
        ) : (
          <SkeletonRows rows={8} />
        )}
      </>
    );
  const reachedBy = contact.phoneE164 ?? contact.bsuid;
  return (
    <>
      <PageHeader
        title={words.name(contact)}
        sentence={say('contacts.oneSentence', {
          kind: contact.kind,
          reach: contact.optedOut ? 'OPTED_OUT' : reachedBy === null ? 'NO_PHONE' : 'YES',
        })}
        actions={
          mayChange && (
            <LinkButton to="/contacts/$contactId/edit" params={{ contactId }} variant="filled">
              {say('contacts.edit')}
            </LinkButton>
          )
        }
      />
      <Notice />
      {error && <ErrorState title={say('contacts.oneFailed')} error={error} retry={reload} />}
      <div className={styles.sections}>
        <div className={styles.column}>
          <ContactDetails contact={contact} />
        </div>
        <div className={styles.column}>
          <section className={styles.section} aria-labelledby="opt-out">
            <h2 id="opt-out">{say('contacts.optOutTitle')}</h2>
            {reachedBy === null ? (
              <p className="muted">{say('contacts.optOutNoPhone')}</p>
            ) : (
              <OptOutState
                businessId={business.id}
                phone={reachedBy}
                optedOut={contact.optedOut}
                changed={reload}
              />
            )}
          </section>
          <ContactCampaigns contactId={contactId} />
        </div>
      </div>
      {mayChange && <RemoveContact contact={contact} />}
    </>
  );
}
