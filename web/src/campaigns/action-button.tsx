interface Props {
  name: string;
  /** The campaign, for those who hear the button and do not see its row. */
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
      // Not `disabled` while busy: the focus would be lost.
      aria-disabled={busy}
      disabled={disabled}
      onClick={({ detail }) => {
        // The second half of a double click would hit the button that has taken this one's place.
        if (!busy && detail < 2) run();
      }}
    >
      {name}
    </button>
  );
}
