import { NativeSelect, Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { Link } from '@tanstack/react-router';
import type { WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';
import { ownPhone } from '../../format/phone';
import { useText } from '../../i18n/text';
import { EmptyState } from '../../ui/empty-state';
import { isAddress } from './address';
import { withTemplate, withValues } from './draft';
import type { Draft, DraftChange } from './draft';
import { FreeForm } from './free-form';
import { hasLink } from './placeholders';
import type { Person } from './placeholders';
import { TemplatePicker } from './template-picker';
import { VariableField } from './variable-field';
import { uploadNameOf } from './variables';
import type { Variable } from './variables';
import styles from './wizard.module.css';

interface Props {
  draft: Draft;
  change: (part: DraftChange) => void;
  /** Undefined when they could not be read. */
  templates: readonly WizardTemplateFragment[] | undefined;
  template: WizardTemplateFragment | undefined;
  variables: readonly Variable[];
  senders: WizardSendersQuery['senders'];
  /** The number that it is sent from; undefined while there is none. */
  sender: WizardSendersQuery['senders'][number] | undefined;
  /** Some of those who get it. */
  people: readonly Person[];
  /** `people` are all who get it. */
  isEverybody: boolean;
}

/** The template and its values, or a text of one's own; the link, and the number it is sent from. */
export function MessageStep(props: Props) {
  const { draft, change, templates, template, variables, senders, sender, people, isEverybody } = props;
  const say = useText();
  const { freeForm, text, templateId, values, linkUrl, senderId } = draft;
  return (
    <div className={styles.fields}>
      <Radio.Group
        label={say('campaigns.kindOfMessage')}
        value={freeForm ? 'text' : 'template'}
        onChange={(chosen) => change({ freeForm: chosen === 'text' })}
      >
        <div className={styles.options}>
          <Radio
            value="template"
            label={say('campaigns.withTemplate')}
            description={say('campaigns.withTemplateWords')}
          />
          <Radio
            value="text"
            label={say('campaigns.freeForm')}
            description={say('campaigns.freeFormWords')}
          />
        </div>
      </Radio.Group>
      {freeForm ? (
        <FreeForm draft={draft} change={change} />
      ) : !templates ? undefined : templates.length === 0 ? (
        <EmptyState
          title={say('campaigns.noTemplates')}
          action={<Link to="/templates">{say('campaigns.toTemplates')}</Link>}
        >
          {say('campaigns.noTemplatesNext')}
        </EmptyState>
      ) : (
        <>
          <TemplatePicker
            templates={templates}
            sender={sender}
            value={template ? templateId : null}
            onChange={(id) => {
              const next = templates.find((one) => one.id === id);
              if (next) change((before) => withTemplate(before, variables, next));
            }}
          />
          {variables.map((variable) => (
            <VariableField
              key={`${template?.id ?? ''} ${variable.key}`}
              uploadName={uploadNameOf(template?.id ?? '', variable)}
              variable={variable}
              values={values}
              people={people}
              isEverybody={isEverybody}
              change={(part) => change((before) => withValues(before, template?.id ?? '', part))}
            />
          ))}
        </>
      )}
      {(freeForm ? hasLink(text) : template?.hasTrackedLink) && (
        <TextInput
          label={say('campaigns.link')}
          description={say(freeForm ? 'campaigns.textLinkWords' : 'campaigns.linkWords')}
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
              {ownPhone(displayPhoneNumber)}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
