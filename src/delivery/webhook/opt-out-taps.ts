import type { DataSource } from 'typeorm';
import { optOutButtonsOf, quickReplies } from '../../catalog/templates/opt-out-buttons';
import { buttonsOf } from '../../catalog/templates/template-shape';
import type { OptOutChoice } from '../../catalog/templates/template.entity';
import { rows } from '../../infra/database';
import type { TapEvent } from '../../whatsapp/webhook-events';
import type { CallbackData } from '../send/callback-data';

type Tap = Pick<TapEvent, 'label' | 'saidStop'> & { place: Pick<CallbackData, 'campaignId'> };

/**
 * Whether taps opt out: as the template of their campaign says now, so that a choice of opt-out buttons also holds for
 * messages that were sent before it. A button is known by its text. If the template has none with this text any more, or
 * the webhook names no text, it means what it meant when the message was sent.
 */
export async function optOutTaps(database: DataSource, taps: readonly Tap[]): Promise<(tap: Tap) => boolean> {
  if (taps.length === 0) return () => false;
  const templates = await rows<{
    campaign_id: string;
    components: unknown;
    opt_out_choice: OptOutChoice[] | null;
  }>(
    database,
    `/* templatesOfTaps */ SELECT c.id AS campaign_id, t.components, t.opt_out_choice
     FROM campaigns c JOIN templates t ON t.id = c.template_id WHERE c.id = ANY ($1::uuid[])`,
    [[...new Set(taps.map(({ place }) => place.campaignId))]],
  );
  const meanings = new Map(
    templates.map((template) => {
      const buttons = buttonsOf(template.components);
      const optOuts = optOutButtonsOf(buttons, template.opt_out_choice);
      const byText = quickReplies(buttons).map(
        ({ index, text }) => [text?.trim(), optOuts.includes(index)] as const,
      );
      return [template.campaign_id, new Map(byText)];
    }),
  );
  return ({ place, label, saidStop }) =>
    (label === undefined ? undefined : meanings.get(place.campaignId)?.get(label.trim())) ?? saidStop;
}
