/** The content of a message, as far as it says whether it shows the phone. */
export interface ShownContent {
  messageText?: string | null;
  templateValues?: Readonly<Record<string, unknown>>;
}

/** `{{phone}}` without a fallback. */
const phone = /\{\{\s*phone\s*(?:\|\s*)?\}\}/;

/** Whether a message cannot be sent to a person without a phone, because a value of it is the phone. Pure. */
export function showsPhone({ messageText, templateValues }: ShownContent): boolean {
  return phone.test(messageText ?? '') || phone.test(JSON.stringify(templateValues ?? {}));
}
