import { Select } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useLanguageName } from '../../format/use-language-name';
import type { WizardTemplateFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import styles from './message.module.css';

interface Props {
  templates: readonly WizardTemplateFragment[];
  value: string | null;
  onChange: (id: string) => void;
}

/** Chooses a template by its name; what cannot be sent says why. */
export function TemplatePicker({ templates, value, onChange }: Props) {
  const say = useText();
  const languageName = useLanguageName();
  // Those that can be sent come first.
  const ordered = [...templates].sort(
    (a, b) => Number(b.sendable) - Number(a.sendable) || a.name.localeCompare(b.name),
  );
  return (
    <Select
      label={say('campaigns.template')}
      placeholder={say('campaigns.chooseTemplate')}
      data={ordered.map(({ id, name, language, sendable }) => ({
        value: id,
        label: `${name} · ${languageName(language)}`,
        disabled: !sendable && id !== value,
      }))}
      value={value}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      maxDropdownHeight={360}
      nothingFoundMessage={say('campaigns.noTemplate')}
      onChange={(id) => id !== null && onChange(id)}
      renderOption={({ option }) => {
        const template = templates.find(({ id }) => id === option.value);
        if (!template) return option.label;
        const { name, language, category, quality, status, sendable, notSendable } = template;
        return (
          <span className={styles.option}>
            <span>
              <strong>{name}</strong> {languageName(language)}
            </span>
            <span className="muted small">
              {sendable
                ? [
                    say('templates.categoryName', { category }),
                    quality !== null && quality !== 'UNKNOWN' && say('campaigns.quality', { quality }),
                  ]
                    .filter(Boolean)
                    .join(' · ')
                : status === 'APPROVED'
                  ? notSendable
                  : `${say('templates.statusName', { status })}. ${say('templates.notApproved')}`}
            </span>
          </span>
        );
      }}
    />
  );
}
