interface Props {
  name: string;
  /** The campaign's name, for people who use a screen reader and do not see the row. */
  of: string;
  run: () => void;
  busy: boolean;
  disabled?: boolean;
  primary?: boolean;
  quiet?: boolean;
}

export function ActionButton({ name, of, run, busy, disabled, primary, quiet }: Props) {
  const look = primary ? ' button-primary' : quiet ? ' button-quiet' : '';
  return (
    <button
      type="button"
      className={`button button-small${look}`}
      aria-label={`${name} ${of}`}
      // Not `disabled` while busy: the button would lose the focus.
      aria-disabled={busy}
      disabled={disabled}
      onClick={({ detail }) => {
        // The second click of a double click would hit the button that has replaced this one.
        if (!busy && detail < 2) run();
      }}
    >
      {name}
    </button>
  );
}
