import type { HeaderFormat, TemplateButton, TemplateComponent } from '../../whatsapp/wire';

/** One value that a campaign must give a template, in the order of `templateParameters`. */
export type Slot =
  { at: 'header' | 'body'; name: string } | { at: 'button'; index: number; type: 'url' | 'copy_code' };

/** What of a template matters for sending it. */
export interface TemplateShape {
  headerFormat: HeaderFormat | undefined;
  /** Header text first, then the body, then buttons; the tracked button is not among them. */
  slots: readonly Slot[];
  /** Place of the button `PUBLIC_URL/r/{{1}}`, which we fill ourselves. */
  trackedButton: number | undefined;
  /** Quick replies; `stops` when the text asks for no more messages. */
  quickReplies: readonly { index: number; stops: boolean }[];
}

/** Reads WhatsApp's description of a template. `publicUrl` tells our tracked button from other links. */
export function shapeOf(components: readonly TemplateComponent[], publicUrl: string): TemplateShape {
  const slots: Slot[] = [];
  let headerFormat: HeaderFormat | undefined;
  let buttons: readonly TemplateButton[] = [];
  for (const component of components) {
    if (component.type === 'HEADER') {
      headerFormat = component.format;
      if (component.format === 'TEXT')
        slots.unshift(...variables(component.text ?? '').map((name) => ({ at: 'header' as const, name })));
    } else if (component.type === 'BODY') {
      slots.push(...variables(component.text).map((name) => ({ at: 'body' as const, name })));
    } else if (component.type === 'BUTTONS') {
      buttons = component.buttons;
    }
  }
  let trackedButton: number | undefined;
  const quickReplies: { index: number; stops: boolean }[] = [];
  buttons.forEach((button, index) => {
    if (button.type === 'QUICK_REPLY') quickReplies.push({ index, stops: asksToStop(button.text) });
    if (button.type === 'COPY_CODE') slots.push({ at: 'button', index, type: 'copy_code' });
    if (button.type !== 'URL' || !button.url.includes('{{')) return;
    if (trackedButton === undefined && button.url === `${publicUrl}/r/{{1}}`) trackedButton = index;
    else slots.push({ at: 'button', index, type: 'url' });
  });
  return { headerFormat, slots, trackedButton, quickReplies };
}

/** In the words of the business: any other quick reply is an answer, not an opt-out. */
function asksToStop(text: string): boolean {
  return /stop|unsubscribe|opt.?out|no more|बंद|रोक|parar|sair|baja/i.test(text);
}

/** The variables of a text, each once: `1`, `2`, … in order, or names in order of appearance. */
function variables(text: string): string[] {
  const names = [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] as string))];
  return names.every((name) => /^\d+$/.test(name)) ? names.sort((a, b) => Number(a) - Number(b)) : names;
}
