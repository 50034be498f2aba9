import type { DataSource } from 'typeorm';
import { rows } from '../infra/database';
import type { Log } from '../infra/log';
import { within } from '../infra/within';
import type { WhatsAppClient } from '../whatsapp/client';
import type { AccountsService } from './accounts.service';
import type { Sender } from './sender.entity';

/** What is known of WhatsApp's limit of people per day. */
export interface PeoplePerDay {
  /** Null: unlimited, or unknown. */
  perDay: number | null;
  /** WhatsApp could not be asked, and what it said earlier is older than {@link goodForMs}, if it said anything. */
  unknown: boolean;
}

/** The limit rises by itself, so it is asked for again after this time. */
const goodForMs = 3_600_000;
const patienceMs = 2000;

/** How many people a number may write to in 24 hours outside a service window: as WhatsApp said within the last hour. */
export class MessagingLimits {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Pick<AccountsService, 'credentials'>,
    private readonly whatsapp: WhatsAppClient,
    private readonly log: Log,
  ) {}

  async peoplePerDay(sender: Sender): Promise<PeoplePerDay> {
    const { messagingLimit, messagingLimitReadAt: readAt } = sender;
    if (readAt && Date.now() - readAt.getTime() < goodForMs)
      return { perDay: messagingLimit, unknown: false };
    try {
      const text = await within(patienceMs, this.whatsapp.messagingLimit(this.accounts.credentials(sender)));
      const perDay = text === undefined ? undefined : limitOf(text);
      if (perDay === undefined) return { perDay: messagingLimit, unknown: true };
      await rows(
        this.database,
        `/* writeMessagingLimit */ UPDATE senders SET messaging_limit = $2, messaging_limit_read_at = now() WHERE id = $1`,
        [sender.id, perDay],
      );
      return { perDay, unknown: false };
    } catch (err) {
      this.log.debug({ err, senderId: sender.id }, 'the messaging limit could not be read');
      return { perDay: messagingLimit, unknown: true };
    }
  }
}

/** TIER_250, TIER_2K, TIER_10K, TIER_100K, TIER_UNLIMITED or UNLIMITED; undefined for anything else. Pure. */
export function limitOf(text: string): number | null | undefined {
  if (/^(TIER_)?UNLIMITED$/.test(text)) return null;
  const [, number, thousands] = /^(?:TIER_)?(\d{1,7})(K?)$/.exec(text) ?? [];
  return Number(number) > 0 ? Number(number) * (thousands ? 1000 : 1) : undefined;
}
