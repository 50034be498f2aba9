/** Reading WhatsApp's descriptions of templates, in which anything may be missing or of another type than documented. */

export type Component = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Component {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function textOf(component: Component | undefined): string | undefined {
  return stringOf(component?.text);
}

/** The type in upper case, fit to be repeated in a sentence; empty when there is none. */
export function typeOf({ type }: Component): string {
  return typeof type === 'string' ? shortName(type.toUpperCase()) : '';
}

/** Components as WhatsApp takes them: the types and formats, also of buttons and cards, in upper case. */
export function inUpperCase(components: unknown): unknown {
  if (!Array.isArray(components)) return components;
  return (components as unknown[]).map((component) => {
    if (!isObject(component)) return component;
    const spelled: Record<string, unknown> = { ...component };
    for (const field of ['type', 'format'])
      if (typeof spelled[field] === 'string') spelled[field] = spelled[field].toUpperCase();
    // a component has buttons or cards, and a card has components
    for (const field of ['buttons', 'cards', 'components'])
      if (Array.isArray(spelled[field])) spelled[field] = inUpperCase(spelled[field]);
    return spelled;
  });
}

/** A name that WhatsApp gave, fit to be repeated in a sentence. */
export function shortName(given: string): string {
  return given.slice(0, 40).toWellFormed();
}

export function cannotFill(what: string): string {
  return `campaigns cannot send its ${what} yet`;
}

/** The components by type. What is not in `known`, occurs twice or is no object becomes a problem. */
export function componentsByType(
  components: unknown,
  known: readonly string[],
  problems: string[],
): Map<string, Component> {
  const parts = new Map<string, Component>();
  if (!Array.isArray(components)) problems.push('its components are not a list');
  for (const component of Array.isArray(components) ? (components as unknown[]) : []) {
    if (!isObject(component)) {
      problems.push('one of its components is not an object');
      continue;
    }
    const type = typeOf(component);
    if (!known.includes(type))
      problems.push(cannotFill(type ? `component ${type}` : 'component without a type'));
    else if (parts.has(type)) problems.push(`it has more than one ${type}`);
    else parts.set(type, component);
  }
  return parts;
}
