import { Button, TagsInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import type { AudienceFilterInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './contacts.module.css';

interface Props {
  filter: AudienceFilterInput | undefined;
  /** Undefined for no filter. */
  change: (filter: AudienceFilterInput | undefined) => void;
}

/** Days that count as new. */
const newDays = 7;

/** Narrows the list: by tags, and by what is asked for most. */
export function FilterBar({ filter = {}, change }: Props) {
  const say = useText();
  const set = (field: 'tags' | 'hasEmail' | 'createdDays', value: unknown) => {
    const next = { ...filter, [field]: value };
    if (value === undefined) delete next[field];
    change(next);
  };
  const recent = filter.createdDays?.lte === newDays;
  return (
    <>
      <TagsInput
        className={styles.tagsFilter}
        aria-label={say('contacts.filterTags')}
        placeholder={filter.tags?.length ? undefined : say('contacts.filterTags')}
        value={filter.tags ?? []}
        onChange={(tags) => set('tags', tags.length > 0 ? tags : undefined)}
      />
      <Button
        aria-pressed={filter.hasEmail === true}
        className={styles.chip}
        onClick={() => set('hasEmail', filter.hasEmail === true ? undefined : true)}
      >
        {say('contacts.withEmail')}
      </Button>
      <Button
        aria-pressed={recent}
        className={styles.chip}
        onClick={() => set('createdDays', recent ? undefined : { lte: newDays })}
      >
        {say('contacts.newThisWeek', { days: newDays })}
      </Button>
    </>
  );
}
