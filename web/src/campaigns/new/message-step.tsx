import { NativeSelect, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';
import { phone } from '../../format/phone';
import { useText } from '../../i18n/text';
import { EmptyState } from '../../ui/empty-state';
import { isAddress } from './address';
import type { Draft } from './draft';
import type { Person } from './placeholders';
import { TemplatePicker } from './template-picker';
import { fittingValues } from './values';
import { VariableField } from './variable-field';
import type { Variable } from './variables';
import styles from './wizard.module.css';

interface Props {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  templates: readonly WizardTemplateFragment[];
  template: WizardTemplateFragment | undefined;
  variables: readonly Variable[];
  senders: WizardSendersQuery['senders'];
  /** Some of those who get it. */
  people: readonly Person[];
}

/** The template, its values, the link, and the number it is sent from. */
export function MessageStep({ draft, change, templates, template, variables, senders, people }: Props) {
  const say = useText();
  const { templateId, values, linkUrl, senderId } = draft;
  if (templates.length === 0)
    return (
      <EmptyState
        title={say('campaigns.noTemplates')}
        action={<Link to="/templates">{say('campaigns.toTemplates')}</Link>}
      >
        {say('campaigns.noTemplatesNext')}
      </EmptyState>
    );
  return (
    <div className={styles.fields}>
      <TemplatePicker
        templates={templates}
        value={template ? templateId : null}
        onChange={(id) => {
          const next = templates.find((one) => one.id === id)?.variables ?? [];
          change({ templateId: id, values: template ? fittingValues(values, variables, next) : values });
        }}
      />
      {variables.map((variable) => (
        <VariableField
          key={`${template?.id ?? ''} ${variable.key}`}
          variable={variable}
          values={values}
          people={people}
          change={(part) => change({ values: { ...values, ...part } })}
        />
      ))}
      {template?.hasTrackedLink && (
        <TextInput
          label={say('campaigns.link')}
          description={say('campaigns.linkWords')}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          value={linkUrl}
          error={linkUrl.trim() !== '' && !isAddress(linkUrl) ? say('campaigns.blocker.address') : undefined}
          onChange={({ currentTarget }) => change({ linkUrl: currentTarget.value })}
        />
      )}
      {senders.length > 1 && (
        <NativeSelect
          className={styles.short}
          label={say('campaigns.from')}
          value={senderId ?? senders[0]?.id}
          onChange={({ currentTarget }) => change({ senderId: currentTarget.value })}
        >
          {senders.map(({ id, displayPhoneNumber }) => (
            <option key={id} value={id}>
              {phone(displayPhoneNumber)}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
