import { Button, TextInput } from '@mantine/core';
import { useText } from '../i18n/text';
import { isDynamic, mostButtons, mostOfKind, withButton } from './new-template';
import type { ButtonKind, NewButton } from './new-template';
import type { PartProps } from './parts';
import styles from './templates.module.css';

const kinds = Object.keys(mostOfKind) as ButtonKind[];

interface Props extends PartProps {
  /** The address of a link that counts clicks; undefined while it is not known. */
  tracked: string | undefined;
}

/** The buttons, in the order in which WhatsApp shows them. */
export function ButtonsPart(props: Props) {
  const { template, change, wrong } = props;
  const say = useText();
  const { buttons } = template;
  const isFull = (kind: ButtonKind) =>
    buttons.length >= mostButtons || buttons.filter((one) => one.kind === kind).length >= mostOfKind[kind];
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.buttons')}</legend>
      <p className="muted small">{say('templates.buttonsWords')}</p>
      {buttons.map((button) => (
        <ButtonFields key={button.key} button={button} {...props} />
      ))}
      {wrong('buttons') !== undefined && <p className={styles.wrong}>{wrong('buttons')}</p>}
      <div className={styles.row}>
        {kinds
          .filter((kind) => !isFull(kind))
          .map((kind) => (
            <Button key={kind} onClick={() => change({ buttons: withButton(template, kind) })}>
              {say('templates.addButton', { kind })}
            </Button>
          ))}
      </div>
    </fieldset>
  );
}

function ButtonFields({ button, template, change, wrong, touch, tracked }: Props & { button: NewButton }) {
  const say = useText();
  const { key, kind, text, value, example } = button;
  const name = say('templates.buttonName', { kind });
  const set = (part: Partial<NewButton>) =>
    change({ buttons: template.buttons.map((one) => (one.key === key ? { ...one, ...part } : one)) });
  const field = (part: 'text' | 'value' | 'example', label: string, description?: string) => (
    <TextInput
      label={label}
      description={description}
      inputMode={
        part === 'text' ? undefined : kind === 'PHONE_NUMBER' ? 'tel' : kind === 'URL' ? 'url' : undefined
      }
      autoComplete="off"
      value={button[part]}
      error={wrong(`button.${key}.${part}`)}
      onBlur={() => touch(`button.${key}.${part}`)}
      onChange={({ currentTarget }) => set({ [part]: currentTarget.value })}
    />
  );
  return (
    <div className={styles.button} role="group" aria-label={`${name} ${text}`}>
      <div className={styles.spread}>
        <strong>{name}</strong>
        <Button
          aria-label={say('templates.removeButton', { name: `${name} ${text}` })}
          onClick={() => change({ buttons: template.buttons.filter((one) => one.key !== key) })}
        >
          {say('templates.remove')}
        </Button>
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
      {kind === 'COPY_CODE' && field('value', say('templates.code'), say('templates.codeWords'))}
    </div>
  );
}
