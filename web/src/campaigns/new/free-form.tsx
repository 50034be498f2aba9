import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useLayoutEffect, useRef, useState } from 'react';
import { useText } from '../../i18n/text';
import type { MediaType } from '../../generated/graphql';
import { withMedia, withMediaKind } from './draft';
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

/** A text of one's own, and its attachment. */
export function FreeForm({ draft, change }: Props) {
  const say = useText();
  const { text, mediaKind, media } = draft;
  const field = useRef<HTMLTextAreaElement>(null);
  const unknown = unknownPlaceholder(text, ['link']);
  const most = longestText(draft);
  const [chosen, setChosen] = useState<string>(contactFields[0]);
  /** Where the cursor is to stand once the text is shown with what was inserted. */
  const cursor = useRef<number>(undefined);
  const insert = () => {
    const at = field.current?.selectionStart ?? text.length;
    const inserted = `{{${chosen}}}`;
    cursor.current = at + inserted.length;
    change({ text: `${text.slice(0, at)}${inserted}${text.slice(at)}` });
  };
  useLayoutEffect(() => {
    if (cursor.current === undefined) return;
    field.current?.focus();
    field.current?.setSelectionRange(cursor.current, cursor.current);
    cursor.current = undefined;
  }, [text]);
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
        <div className={styles.insert}>
          <NativeSelect
            label={say('campaigns.insert')}
            value={chosen}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          >
            {contactFields.map((one) => (
              <option key={one} value={one}>
                {say('campaigns.contactField', { field: one })}
              </option>
            ))}
            <option value="link">{say('campaigns.link')}</option>
          </NativeSelect>
          <Button onClick={insert}>{say('campaigns.insertNow')}</Button>
        </div>
      </div>
      <NativeSelect
        className={styles.short}
        label={say('campaigns.carries')}
        value={mediaKind ?? ''}
        onChange={({ currentTarget }) =>
          change((before) =>
            withMediaKind(before, kinds.find((kind) => kind === currentTarget.value) ?? null),
          )
        }
      >
        <option value="">{say('campaigns.carriesNothing')}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {say('campaigns.mediaName', { kind })}
          </option>
        ))}
      </NativeSelect>
      {mediaKind && variable && (
        <MediaField
          key={mediaKind}
          uploadName={mediaKind}
          variable={variable}
          values={media}
          change={(part) => change((before) => withMedia(before, mediaKind, part))}
          withFileName={false}
        />
      )}
    </>
  );
}

function mediaVariable(kind: MediaType, label: string): Variable {
  return { key: 'media', kind, label, example: null, required: true };
}
