import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

interface Props {
  /** The accessible name. */
  label: string;
  /** What can be searched for, short. */
  placeholder?: string;
  /** What is searched for now: the text of the address. */
  value: string;
  /** Called when the typing pauses, with the text without blanks around it. */
  search: (text: string) => void;
  className?: string;
}

const pauseMs = 300;

/** Searches as one types. What is typed is never replaced by what was searched for a moment ago. */
export function SearchBox({ label, placeholder, value, search, className }: Props) {
  const [text, setText] = useState(value);
  const last = useRef(value);
  const commit = useDebouncedCallback((typed: string) => {
    if (typed === last.current) return;
    last.current = typed;
    search(typed);
  }, pauseMs);

  // The address was changed by something else: Back, or a button that shows everything again.
  useEffect(() => {
    if (value === last.current) return;
    last.current = value;
    setText(value);
  }, [value]);

  return (
    <TextInput
      className={className}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        commit(currentTarget.value.trim());
      }}
    />
  );
}
