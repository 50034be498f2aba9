import { useApolloClient } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DeleteContactDocument, EraseContactDocument } from '../generated/graphql';
import type { ContactFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import styles from './contacts.module.css';
import { forgetLists } from './use-contacts';
import { useContactWords } from './words';

/** Takes a contact out of the list, or makes the person unknown everywhere. Both say beforehand what goes and what stays. */
export function RemoveContact({ contact }: { contact: ContactFieldsFragment }) {
  const say = useText();
  const mayErase = useMay('ADMIN');
  const name = useContactWords().name(contact);
  const client = useApolloClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState<'delete' | 'erase'>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ title: string; error: unknown }>();
  const { id, kind } = contact;

  const run = async (what: 'delete' | 'erase') => {
    setAsking(undefined);
    setProblem(undefined);
    setBusy(true);
    try {
      const mutation = what === 'delete' ? DeleteContactDocument : EraseContactDocument;
      await client.mutate<unknown, { id: string }>({ mutation, variables: { id } });
      await navigate({
        to: '/contacts',
        search: { kind: kind === 'CUSTOMER' ? 'customers' : undefined },
        replace: true,
        state: { notice: say(what === 'delete' ? 'contacts.deleted' : 'contacts.erased', { name }) },
      });
      // After the screen is left, which would otherwise ask for a contact that is gone.
      forgetLists(client);
      client.cache.evict({ id: client.cache.identify(contact) });
    } catch (error) {
      setProblem({ title: say(what === 'delete' ? 'contacts.notDeleted' : 'contacts.notErased'), error });
      setBusy(false);
    }
  };

  return (
    <section className={styles.remove} aria-labelledby="remove">
      <h2 id="remove">{say('contacts.remove')}</h2>
      {problem && <ErrorState {...problem} />}
      <div className={styles.removeLine}>
        <p>{say('contacts.deleteWords')}</p>
        <Button color="red" aria-busy={busy} onClick={() => !busy && setAsking('delete')}>
          {say('contacts.delete')}
        </Button>
      </div>
      {mayErase && (
        <div className={styles.removeLine}>
          <p>{say('contacts.eraseWords')}</p>
          <Button color="red" aria-busy={busy} onClick={() => !busy && setAsking('erase')}>
            {say('contacts.erase')}
          </Button>
        </div>
      )}
      {asking === 'delete' && (
        <ConfirmDialog
          title={say('contacts.askDelete', { name })}
          yes={say('contacts.deleteYes')}
          no={say('contacts.keep')}
          danger
          confirm={() => void run('delete')}
          dismiss={() => setAsking(undefined)}
        >
          <p>{say('contacts.deleteGoes')}</p>
          <p>{say('contacts.deleteStays')}</p>
        </ConfirmDialog>
      )}
      {asking === 'erase' && (
        <ConfirmDialog
          title={say('contacts.askErase', { name })}
          yes={say('contacts.eraseYes')}
          no={say('contacts.keep')}
          danger
          confirm={() => void run('erase')}
          dismiss={() => setAsking(undefined)}
        >
          <p>{say('contacts.eraseGoes')}</p>
          <p>{say('contacts.eraseStays')}</p>
          <p>{say('contacts.eraseForGood')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
