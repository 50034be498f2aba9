import { Button, FileButton, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { acceptedFiles, checkFile } from '../campaigns/new/media-kinds';
import { useMediaUpload } from '../campaigns/new/use-media-upload';
import { useText } from '../i18n/text';
import { headerKinds, isMediaHeader, nextVariable, variablesIn } from './new-template';
import type { NewTemplate } from './new-template';
import styles from './templates.module.css';

export interface PartProps {
  template: NewTemplate;
  change: (part: Partial<NewTemplate>) => void;
  /** What is wrong with a field, if it is to be shown. */
  wrong: (field: string) => string | undefined;
  /** Somebody has been at the field. */
  touch: (field: string) => void;
}

/** The header: a text, media with an example, or a place. */
export function HeaderPart({ template, change, wrong, touch }: PartProps) {
  const say = useText();
  const { header, headerText } = template;
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.header')}</legend>
      <NativeSelect
        label={say('templates.headerKind')}
        value={header}
        error={header === 'NONE' || header === 'LOCATION' ? wrong('header') : undefined}
        onChange={({ currentTarget }) =>
          change({
            header: headerKinds.find((kind) => kind === currentTarget.value) ?? 'NONE',
            mediaId: '',
            fileName: '',
          })
        }
      >
        {headerKinds.map((kind) => (
          <option key={kind} value={kind}>
            {say('templates.headerName', { kind })}
          </option>
        ))}
      </NativeSelect>
      {header === 'TEXT' && (
        <>
          <TextInput
            label={say('templates.headerText')}
            description={say('templates.most', { count: headerText.length, most: 60 })}
            autoComplete="off"
            value={headerText}
            error={wrong('header')}
            onBlur={() => touch('header')}
            onChange={({ currentTarget }) => change({ headerText: currentTarget.value })}
          />
          <Examples at="header" text={headerText} {...{ template, change, wrong, touch }} />
        </>
      )}
      {isMediaHeader(header) && <MediaExample key={header} {...{ template, change, wrong, touch }} />}
      {header === 'LOCATION' && <p className="muted small">{say('templates.locationWords')}</p>}
    </fieldset>
  );
}

/** A file that shows WhatsApp what the header looks like. */
function MediaExample({ template, change, wrong, touch }: PartProps) {
  const say = useText();
  const words = useErrorWords();
  const kind = template.header as 'IMAGE' | 'VIDEO' | 'DOCUMENT';
  const [refused, setRefused] = useState<'TYPE' | 'SIZE' | 'EMPTY'>();
  const upload = useMediaUpload((mediaId, { name }) => change({ mediaId, fileName: name }));
  const choose = (file: File | null) => {
    if (!file) return;
    touch('header');
    upload.forget();
    const checked = checkFile(kind, file);
    setRefused('wrong' in checked ? checked.wrong : undefined);
    if ('type' in checked) upload.start(file, checked.type);
  };
  const problem =
    refused !== undefined
      ? say('campaigns.wrongFile', { wrong: refused, kind })
      : upload.problem === undefined
        ? upload.sending
          ? undefined
          : wrong('header')
        : words(upload.problem);
  return (
    <div className={styles.section}>
      <p className="muted small" id="media-words">
        {say('templates.mediaWords', { kind })}
      </p>
      <div className={styles.row}>
        <FileButton
          accept={acceptedFiles(kind)}
          onChange={choose}
          inputProps={{ 'aria-label': say('templates.mediaExample') }}
        >
          {(button) => (
            <Button
              {...button}
              aria-describedby="media-words"
              aria-invalid={problem !== undefined}
              aria-busy={upload.sending !== undefined}
            >
              {say(template.mediaId === '' ? 'templates.chooseFile' : 'templates.chooseAnother')}
            </Button>
          )}
        </FileButton>
        <span className={styles.fileName} role="status">
          {upload.sending
            ? say('templates.uploading', { name: upload.sending.file.name })
            : template.fileName}
        </span>
      </div>
      {problem !== undefined && (
        <p className={styles.wrong} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** The text, with a button that adds a variable where the cursor is. */
export function BodyPart({ template, change, wrong, touch }: PartProps) {
  const say = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const { body } = template;
  const addVariable = () => {
    const variable = nextVariable(body);
    const element = input.current;
    const [start, end] = element
      ? [element.selectionStart, element.selectionEnd]
      : [body.length, body.length];
    change({ body: body.slice(0, start) + variable + body.slice(end) });
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(start + variable.length, start + variable.length);
    });
  };
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.body')}</legend>
      <Textarea
        ref={input}
        label={say('templates.text')}
        description={say('templates.bodyWords', { count: body.length })}
        rows={6}
        value={body}
        error={wrong('body')}
        onBlur={() => touch('body')}
        onChange={({ currentTarget }) => change({ body: currentTarget.value })}
      />
      <div>
        <Button onClick={addVariable}>{say('templates.addVariable')}</Button>
      </div>
      <Examples at="body" text={body} {...{ template, change, wrong, touch }} />
    </fieldset>
  );
}

/** WhatsApp wants an example for each variable. */
function Examples({
  at,
  text,
  template,
  change,
  wrong,
  touch,
}: PartProps & { at: 'header' | 'body'; text: string }) {
  const say = useText();
  const names = variablesIn(text);
  if (names.length === 0) return null;
  return (
    <div className={styles.pair}>
      {names.map((name) => {
        const key = `${at}.${name}`;
        const example = template.examples[key] ?? '';
        return (
          <TextInput
            key={key}
            label={say('templates.exampleFor', { name: `{{${name}}}` })}
            autoComplete="off"
            value={example}
            error={example.trim() === '' ? wrong(`${at}Examples`) : undefined}
            onBlur={() => touch(`${at}Examples`)}
            onChange={({ currentTarget }) =>
              change({ examples: { ...template.examples, [key]: currentTarget.value } })
            }
          />
        );
      })}
    </div>
  );
}
