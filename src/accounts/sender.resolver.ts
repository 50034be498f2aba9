import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import {
  CreateSenderInput,
  SenderType,
  TestSenderPayload,
  UpdateSenderInput,
  WebhookSetup,
} from './accounts.graphql';
import type { AccountsService } from './accounts.service';
import { viewerOf } from './authorization';
import type { Context } from './context';
import { lastErrorOf, statusOf } from './sender-health';
import type { SenderHealth } from './sender-health';
import type { SenderTest } from './sender-test';
import { SenderStatus } from './sender-words';
import type { Sender } from './sender.entity';
import { Role } from './viewer';
import { webhookSetup } from './webhook-setup';

@Resolver(() => SenderType)
export class SenderResolver {
  constructor(
    private readonly accounts: AccountsService,
    private readonly health: SenderHealth,
    private readonly test: SenderTest,
    private readonly webhooks: { publicUrl: string; verifyToken: string },
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [SenderType], { description: 'The WhatsApp numbers of a business.' })
  senders(@Ctx() context: Context, @Arg('businessId', () => ID) businessId: string): Promise<SenderType[]> {
    return this.accounts.senders(viewerOf(context), businessId);
  }

  @FieldResolver(() => SenderStatus)
  status(@Root() sender: Sender): SenderStatus {
    return statusOf(sender);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What is wrong with the number or its account at present, with its cure, as sentences: a restriction first, else why WhatsApp refused to be asked, else why it refused the last message if the reason is the number or its account, else the last trouble that it reported. Null if nothing is.',
  })
  lastError(@Root() sender: Sender): string | null {
    return lastErrorOf(sender);
  }

  @Authorized(Role.ADMIN)
  @Query(() => WebhookSetup, { description: 'What to enter at Meta so that webhooks come. ADMIN.' })
  async webhookSetup(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<WebhookSetup> {
    await this.accounts.business(viewerOf(context), businessId);
    return webhookSetup(this.webhooks.publicUrl, this.webhooks.verifyToken);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => SenderType, {
    description:
      'Adds a WhatsApp number to a business, reads it from WhatsApp, and subscribes to the webhooks of its account. What does not work then is told by lastError and testSender. ADMIN. CONFLICT if the business already has this number.',
  })
  async createSender(
    @Ctx() context: Context,
    @Arg('input', () => CreateSenderInput) input: CreateSenderInput,
  ): Promise<SenderType> {
    const sender = await this.accounts.createSender(viewerOf(context), input);
    return this.connect(sender);
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => SenderType, {
    description:
      'Changes a WhatsApp number, e.g. sets a new access token after the old one has expired; with the new one it is read from WhatsApp again. ADMIN.',
  })
  async updateSender(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateSenderInput) input: UpdateSenderInput,
  ): Promise<SenderType> {
    const sender = await this.accounts.updateSender(viewerOf(context), id, input);
    return typeof input.accessToken === 'string' ? this.connect(sender) : sender;
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => TestSenderPayload, {
    description:
      'Asks WhatsApp whether the token, the number, its account and its webhooks work, and reads the number again. ADMIN.',
  })
  async testSender(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<TestSenderPayload> {
    const problems = await this.test.problems(viewerOf(context), id);
    return { ok: problems.length === 0, problems };
  }

  private async connect(sender: Sender): Promise<Sender> {
    const [read] = await Promise.all([this.health.refreshSoon(sender), this.health.subscribeSoon(sender)]);
    return read;
  }
}
