import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useText } from '../i18n/text';
import { nextVariable, variablesIn } from './new-template';
import type { PartProps } from './parts';
import styles from './templates.module.css';

type Props = PartProps & {
  /** The field: `body`, `card.3.body`. */
  at: string;
  text: string;
  label: string;
  description: string;
  rows: number;
  set: (text: string) => void;
};

/** A text, with a button that adds a variable where the cursor is, and the examples of its variables. */
export function VariableText({ at, text, label, description, rows, set, ...part }: Props) {
  const say = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const { wrong, touch } = part;
  const addVariable = () => {
    const variable = nextVariable(text);
    const element = input.current;
    const [start, end] = element
      ? [element.selectionStart, element.selectionEnd]
      : [text.length, text.length];
    set(text.slice(0, start) + variable + text.slice(end));
    requestAnimationFrame(() => {
      element?.focus();
      element?.setSelectionRange(start + variable.length, start + variable.length);
    });
  };
  return (
    <>
      <Textarea
        ref={input}
        label={label}
        description={description}
        rows={rows}
        value={text}
        error={wrong(at)}
        onBlur={() => touch(at)}
        onChange={({ currentTarget }) => set(currentTarget.value)}
      />
      <div>
        <Button onClick={addVariable}>{say('templates.addVariable')}</Button>
      </div>
      <Examples at={at} text={text} {...part} />
    </>
  );
}

/** WhatsApp wants an example for each variable. */
export function Examples({
  at,
  text,
  template,
  change,
  wrong,
  touch,
}: PartProps & { at: string; text: string }) {
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
            onChange={({ currentTarget }) => {
              const { value } = currentTarget;
              change((before) => ({ examples: { ...before.examples, [key]: value } }));
            }}
          />
        );
      })}
    </div>
  );
}
