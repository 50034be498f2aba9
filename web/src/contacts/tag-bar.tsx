import { useApolloClient } from '@apollo/client/react';
import { Autocomplete, Button } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { TagContactsDocument } from '../generated/graphql';
import type { ContactRowFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './contacts.module.css';

/** The most contacts that the server changes at once. */
const atOnce = 1000;

interface Props {
  /** Those that are selected. */
  contacts: readonly ContactRowFragment[];
  clear: () => void;
}

/** Adds a tag to the selected people, or takes one away. What was done is told here; the list updates itself. */
export function TagBar({ contacts, clear }: Props) {
  const say = useText();
  const words = useErrorWords();
  const client = useApolloClient();
  const [tag, setTag] = useState('');
  const [busy, setBusy] = useState(false);
  const [told, setTold] = useState<{ text: string; wrong?: boolean }>();
  const count = contacts.length;
  const known = [...new Set(contacts.flatMap(({ tags }) => tags))].sort((a, b) => a.localeCompare(b));

  const run = async (change: 'add' | 'remove') => {
    const name = tag.trim();
    if (name === '') {
      setTold({ text: say('contacts.tagMissing'), wrong: true });
      return;
    }
    setBusy(true);
    try {
      for (let start = 0; start < count; start += atOnce) {
        const ids = contacts.slice(start, start + atOnce).map(({ id }) => id);
        await client.mutate({ mutation: TagContactsDocument, variables: { ids, [change]: [name] } });
      }
      setTold({
        text: say(change === 'add' ? 'contacts.tagAdded' : 'contacts.tagRemoved', { tag: name, count }),
      });
      setTag((before) => (before === tag ? '' : before));
    } catch (error) {
      setTold({ text: `${say('contacts.tagNotChanged')} ${words(error)}`, wrong: true });
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={styles.tagBar} aria-label={say('contacts.selection')}>
      <p aria-live="polite" className={styles.selectedCount}>
        {say('contacts.selected', { count })}
      </p>
      <Autocomplete
        className={styles.tagField}
        aria-label={say('contacts.tag')}
        placeholder={say('contacts.tag')}
        value={tag}
        onChange={setTag}
        data={known}
        maxLength={200}
      />
      <Button aria-busy={busy} onClick={() => !busy && void run('add')}>
        {say('contacts.addTag')}
      </Button>
      <Button aria-busy={busy} onClick={() => !busy && void run('remove')}>
        {say('contacts.removeTag')}
      </Button>
      <Button variant="subtle" onClick={clear}>
        {say('contacts.clearSelection')}
      </Button>
      <p role="status" className={told?.wrong ? styles.wrong : styles.told}>
        {told?.text}
      </p>
    </section>
  );
}
