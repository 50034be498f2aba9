import { Button, TextInput } from '@mantine/core';
import { useText } from '../i18n/text';
import { buttonsOf, isDynamic, mostButtons, mostOfKind, rulesOf, withButton, withPart } from './new-template';
import type { ButtonKind, NewButton, NewTemplate } from './new-template';
import type { PartProps } from './parts';
import styles from './templates.module.css';

/** The buttons, in the order in which WhatsApp shows them. */
export function ButtonsPart({ template, change, wrong, touch, tracked }: PartProps) {
  const say = useText();
  const { kind: templateKind } = template;
  const buttons = buttonsOf(template);
  const isFull = (kind: ButtonKind) =>
    buttons.length >= mostButtons || buttons.filter((one) => one.kind === kind).length >= mostOfKind[kind];
  const set = (changed: (before: NewTemplate) => readonly NewButton[]) =>
    change((before) => ({ buttons: changed(before) }));
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.buttons', { kind: templateKind })}</legend>
      <p className="muted small">{say('templates.buttonsWords', { kind: templateKind })}</p>
      {buttons.map((button) => (
        <ButtonFields
          key={button.key}
          button={button}
          at={`button.${button.key}`}
          set={(part) => set((before) => withPart(before.buttons, button.key, part))}
          remove={() => set((before) => before.buttons.filter((one) => one.key !== button.key))}
          wrong={wrong}
          touch={touch}
          tracked={tracked}
        />
      ))}
      {wrong('buttons') !== undefined && <p className={styles.wrong}>{wrong('buttons')}</p>}
      <div className={styles.row}>
        {rulesOf[templateKind].buttons
          .filter((kind) => !isFull(kind))
          .map((kind) => (
            <Button key={kind} onClick={() => set((before) => withButton(before, kind))}>
              {say('templates.addButton', { kind })}
            </Button>
          ))}
      </div>
    </fieldset>
  );
}

interface FieldsProps extends Pick<PartProps, 'wrong' | 'touch' | 'tracked'> {
  button: NewButton;
  /** The beginning of its fields: `button.1`, `card.3.button.1`. */
  at: string;
  set: (part: Partial<NewButton>) => void;
  /** Left out where the button belongs to all cards. */
  remove?: () => void;
}

/** What one button shows and does. */
export function ButtonFields({ button, at, set, remove, wrong, touch, tracked }: FieldsProps) {
  const say = useText();
  const { kind, text, value, example } = button;
  const name = say('templates.buttonName', { kind });
  const field = (part: 'text' | 'value' | 'example', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      inputMode={
        part === 'text' ? undefined : kind === 'PHONE_NUMBER' ? 'tel' : kind === 'URL' ? 'url' : undefined
      }
      autoComplete="off"
      value={button[part]}
      error={wrong(`${at}.${part}`)}
      onBlur={() => touch(`${at}.${part}`)}
      onChange={({ currentTarget }) => set({ [part]: currentTarget.value })}
    />
  );
  return (
    <div className={styles.button} role="group" aria-label={`${name} ${text}`}>
      <div className={styles.spread}>
        <strong>{name}</strong>
        {remove && (
          <Button aria-label={say('templates.removeButton', { name: `${name} ${text}` })} onClick={remove}>
            {say('templates.remove')}
          </Button>
        )}
      </div>
      {kind !== 'COPY_CODE' &&
        field('text', say('templates.label'), say('templates.most', { count: text.length, most: 25 }))}
      {kind === 'URL' && field('value', say('templates.address'), say('templates.addressWords'))}
      {kind === 'URL' && tracked !== undefined && value !== tracked && (
        <div>
          <Button onClick={() => set({ value: tracked, example: tracked.replace('{{1}}', 'k3Jx9aQ2') })}>
            {say('templates.track')}
          </Button>
        </div>
      )}
      {kind === 'URL' && value === tracked && <p className="muted small">{say('templates.trackWords')}</p>}
      {isDynamic(button) &&
        (value !== tracked || example === '') &&
        field('example', say('templates.addressExample'), say('templates.addressExampleWords'))}
      {kind === 'PHONE_NUMBER' && field('value', say('templates.phone'), say('templates.phoneWords'))}
      {kind === 'VOICE_CALL' && <p className="muted small">{say('templates.voiceCallWords')}</p>}
      {kind === 'COPY_CODE' && field('value', say('templates.code'), say('templates.codeWords'))}
    </div>
  );
}
