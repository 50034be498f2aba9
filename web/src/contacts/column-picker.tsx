import { Button, Checkbox, Popover } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import { useText } from '../i18n/text';
import { columnsOf } from './columns';
import type { ContactColumn } from './columns';
import type { ContactKind } from './contact-values';
import styles from './contacts.module.css';

interface Props {
  kind: ContactKind;
  shown: readonly ContactColumn[];
  toggle: (key: string) => void;
  reset: () => void;
}

/** Chooses what the list shows of each person. */
export function ColumnPicker({ kind, shown, toggle, reset }: Props) {
  const say = useText();
  return (
    <Popover position="bottom-end" trapFocus returnFocus shadow="md" transitionProps={{ duration: 120 }}>
      <Popover.Target>
        <Button>{say('contacts.columns')}</Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('contacts.columns')}>
        <div className={styles.columnPicker}>
          {columnsOf[kind].map(({ key, header }) => (
            <Checkbox
              radius={4}
              key={key}
              label={say(header)}
              checked={shown.some((column) => column.key === key)}
              onChange={() => toggle(key)}
            />
          ))}
          <Button size="compact-sm" variant="subtle" onClick={reset}>
            {say('contacts.columnsReset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
