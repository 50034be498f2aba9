import { NativeSelect, Textarea } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../../i18n/text';
import type { MediaType } from '../../generated/graphql';
import type { Draft, DraftChange } from './draft';
import { MediaField } from './media-field';
import { longestText } from './problems';
import { contactFields, unknownPlaceholder } from './placeholders';
import type { Variable } from './variables';
import styles from './wizard.module.css';

interface Props {
  draft: Draft;
  change: (part: DraftChange) => void;
}

const kinds: readonly MediaType[] = ['IMAGE', 'VIDEO', 'DOCUMENT'];

/** A text of one's own, and what it carries. */
export function FreeForm({ draft, change }: Props) {
  const say = useText();
  const { text, mediaKind, media } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const unknown = unknownPlaceholder(text, ['link']);
  const most = longestText(draft);
  const insert = (name: string) => {
    const at = field.current?.selectionStart ?? text.length;
    change({ text: `${text.slice(0, at)}{{${name}}}${text.slice(at)}` });
    field.current?.focus();
  };
  const variable = mediaKind && mediaVariable(mediaKind, say('campaigns.mediaName', { kind: mediaKind }));
  return (
    <>
      <div className={styles.text}>
        <Textarea
          ref={field}
          label={say('campaigns.text')}
          description={say('campaigns.textWords', { most })}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={4096}
          value={text}
          error={unknown === undefined ? undefined : say('campaigns.blocker.placeholder', { unknown })}
          onChange={({ currentTarget }) => change({ text: currentTarget.value })}
        />
        <NativeSelect
          className={styles.insert}
          aria-label={say('campaigns.insert')}
          value=""
          onChange={({ currentTarget }) => insert(currentTarget.value)}
        >
          <option value="">{say('campaigns.insert')}</option>
          {contactFields.map((one) => (
            <option key={one} value={one}>
              {say('campaigns.contactField', { field: one })}
            </option>
          ))}
          <option value="link">{say('campaigns.link')}</option>
        </NativeSelect>
      </div>
      <NativeSelect
        className={styles.short}
        label={say('campaigns.carries')}
        value={mediaKind ?? ''}
        onChange={({ currentTarget }) =>
          change({ mediaKind: kinds.find((kind) => kind === currentTarget.value) ?? null, media: {} })
        }
      >
        <option value="">{say('campaigns.carriesNothing')}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {say('campaigns.mediaName', { kind })}
          </option>
        ))}
      </NativeSelect>
      {variable && (
        <MediaField
          key={variable.kind}
          variable={variable}
          values={media}
          change={(part) => change((before) => ({ media: { ...before.media, ...part } }))}
          withFileName={false}
        />
      )}
    </>
  );
}

function mediaVariable(kind: MediaType, label: string): Variable {
  return { key: 'media', kind, label, example: null, required: true };
}
