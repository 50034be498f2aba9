import type { DataSource } from 'typeorm';
import { rows } from '../infra/database';
import { WhatsAppError, WhatsAppUnreachable } from '../whatsapp/client';
import type { WhatsAppClient } from '../whatsapp/client';
import { disprovedByReading } from '../whatsapp/error-catalogue';
import type { ReportedError } from '../whatsapp/error-catalogue';
import { isSubscribed, readReview } from '../whatsapp/numbers';
import type { AccountsService } from './accounts.service';
import type { SenderHealth } from './sender-health';
import { problemsOf } from './sender-problems';
import type { Sender } from './sender.entity';
import type { Viewer } from './viewer';

/** Asks WhatsApp whether a number can be used: its token, the number, its account, its webhooks. */
export class SenderTest {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly health: SenderHealth,
    private readonly whatsapp: WhatsAppClient,
    private readonly webhookUrl: string,
  ) {}

  /**
   * @returns what is wrong, one sentence each with its cure
   * @throws NOT_FOUND for a sender that is not there or of a business that the viewer does not see
   */
  async problems(viewer: Viewer, id: string): Promise<string[]> {
    const sender = await this.accounts.sender(viewer, id);
    const credentials = this.accounts.credentials(sender);
    const [reading, subscription, review] = await Promise.all([
      this.health.refresh(sender),
      answerOf(isSubscribed(this.whatsapp, credentials)),
      answerOf(readReview(this.whatsapp, credentials)),
    ]);
    // whoever has just accepted the terms for marketing messages tests: the next campaign asks for them again
    await rows(
      this.database,
      `/* forgetOnboarding */ UPDATE senders SET marketing_onboarding_read_at = NULL WHERE id = $1`,
      [sender.id],
    );
    if (
      [reading.kind, subscription.kind, review.kind].every((kind) => kind === 'read' || kind === 'answered')
    )
      await rows(
        this.database,
        `/* clearDisproved */ UPDATE senders SET send_error = NULL, send_error_at = NULL
         WHERE id = $1 AND send_error = ANY ($2::text[])`,
        [sender.id, disprovedByReading],
      );
    const { restrictions, webhookRefusedAt, verificationRefusedAt, ...noted } = await this.accounts.sender(
      viewer,
      id,
    );
    const problems = problemsOf({
      phoneNumberId: sender.phoneNumberId,
      wabaId: sender.wabaId,
      number: reading.kind === 'read' ? reading.number : undefined,
      numberError: reading.kind === 'refused' ? reading.error : undefined,
      accountError: subscription.error ?? review.error,
      unreachable: [reading, subscription, review].some(({ kind }) => kind === 'unreachable'),
      review: review.value,
      subscribed: subscription.value,
      restrictions,
      sendError: noted.sendError,
      trouble:
        noted.accountError === null ? null : { text: noted.accountError, topic: noted.accountErrorTopic },
      webhookUrl: this.webhookUrl,
      webhooksMissing: await areWebhooksMissing(this.database, sender),
      webhookRefused: webhookRefusedAt !== null,
      verificationRefused: verificationRefusedAt !== null,
    });
    // a warning, whose end WhatsApp does not report: the others would be among the problems
    if (problems.length === 0)
      await rows(
        this.database,
        `/* clearWarning */ UPDATE senders SET account_error = NULL WHERE id = $1 AND account_error = $2`,
        [sender.id, noted.accountError],
      );
    return problems;
  }
}

interface Answer<T> {
  kind: 'answered' | 'refused' | 'unreachable';
  value?: T;
  error?: ReportedError;
}

async function answerOf<T>(call: Promise<T>): Promise<Answer<T>> {
  try {
    return { kind: 'answered', value: await call };
  } catch (err) {
    if (err instanceof WhatsAppError) return { kind: 'refused', error: err.reported };
    if (err instanceof WhatsAppUnreachable) return { kind: 'unreachable' };
    throw err;
  }
}

/** A number that has sent nothing has nothing to hear; WhatsApp reports within seconds otherwise. */
async function areWebhooksMissing(database: DataSource, { id, businessId }: Sender): Promise<boolean> {
  const [row] = await rows<{ missing: boolean }>(
    database,
    `/* areWebhooksMissing */ SELECT (test_accepted_at < now() - interval '1 minute' IS TRUE
         OR EXISTS (SELECT FROM campaigns WHERE business_id = $2 AND sender_id = $1 AND sent_count > 0
           AND started_at < now() - interval '1 minute'))
       AND webhook_heard_at IS NULL AS missing FROM senders WHERE id = $1`,
    [id, businessId],
  );
  return row?.missing ?? false;
}
