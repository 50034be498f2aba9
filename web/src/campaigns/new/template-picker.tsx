import { Select } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { ownPhone } from '../../format/phone';
import { useLanguageName } from '../../format/use-language-name';
import type { WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import styles from './message.module.css';
import { isOfAccount } from './sender-account';

interface Props {
  templates: readonly WizardTemplateFragment[];
  /** Whose account has the templates that can be sent; undefined while it is not known. */
  sender: WizardSendersQuery['senders'][number] | undefined;
  value: string | null;
  onChange: (id: string) => void;
}

/** Chooses a template by its name; what cannot be sent says why. Those that were deleted are not listed. */
export function TemplatePicker({ templates, sender, value, onChange }: Props) {
  const say = useText();
  const languageName = useLanguageName();
  const usable = (template: WizardTemplateFragment) => template.sendable && isOfAccount(template, sender);
  // Those that can be sent come first.
  const ordered = templates
    .filter(({ id, status }) => status !== 'DELETED' || id === value)
    .sort((a, b) => Number(usable(b)) - Number(usable(a)) || a.name.localeCompare(b.name));
  return (
    <Select
      label={say('campaigns.template')}
      placeholder={say('campaigns.chooseTemplate')}
      data={ordered.map((template) => ({
        value: template.id,
        label: `${template.name} · ${languageName(template.language)}`,
        disabled: !usable(template) && template.id !== value,
      }))}
      value={value}
      searchable
      selectFirstOptionOnChange
      allowDeselect={false}
      maxDropdownHeight={360}
      classNames={{ option: styles.choice }}
      nothingFoundMessage={say('campaigns.noTemplate')}
      onChange={(id) => id !== null && onChange(id)}
      renderOption={({ option }) => {
        const template = templates.find(({ id }) => id === option.value);
        if (!template) return option.label;
        const { name, language, category, quality, status, sendable, notSendable } = template;
        const why = !sendable
          ? status === 'APPROVED'
            ? notSendable
            : `${say('templates.statusName', { status })}. ${say('templates.notApproved')}`
          : sender && !isOfAccount(template, sender)
            ? say('campaigns.otherAccount', { number: ownPhone(sender.displayPhoneNumber) })
            : undefined;
        return (
          <span className={styles.option}>
            <span>
              <strong>{name}</strong> {languageName(language)}
            </span>
            <span className="muted small">
              {why ??
                [
                  say('templates.categoryName', { category }),
                  quality !== null && quality !== 'UNKNOWN' && say('campaigns.quality', { quality }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
            </span>
          </span>
        );
      }}
    />
  );
}
