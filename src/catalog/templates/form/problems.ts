/** Something in a template's form that WhatsApp would refuse. */
export interface FormProblem {
  /** The path of the input, e.g. `input.components.1.text`. */
  field: string;
  /** Completes "expected …". */
  expected: string;
}

/** Adds a problem; `path` is below the object that is checked, empty for the object itself. */
export type Report = (path: string, expected: string) => void;

/** Reports about something inside: `within(report, 'buttons.0')('url', …)` is about `buttons.0.url`. */
export function within(report: Report, path: string): Report {
  return (inner, expected) => report(inner === '' ? path : `${path}.${inner}`, expected);
}
