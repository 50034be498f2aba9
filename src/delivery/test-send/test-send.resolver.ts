import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import {
  SendTestInput,
  SendTestMessageInput,
  SendTestPayload,
  TestMessagePayload,
} from './test-send.graphql';
import type { TestMessageService } from './test-message.service';
import type { TestSendService } from './test-send.service';

@Resolver()
export class TestSendResolver {
  constructor(
    private readonly tests: TestSendService,
    private readonly messages: TestMessageService,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => SendTestPayload, {
    description:
      "Sends a campaign's message to up to 10 phones at once, whatever the campaign's status. It is counted nowhere, and a tap on its tracked link is not a click. A phone that has opted out gets nothing. MARKETER.",
  })
  async sendTest(
    @Ctx() context: Context,
    @Arg('input', () => SendTestInput) input: SendTestInput,
  ): Promise<SendTestPayload> {
    return { results: await this.tests.sendTest(viewerOf(context), input) };
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => TestMessagePayload, {
    description:
      "Sends an approved template without variables, Meta's hello_world if the account has it, from a number to a phone of your own: the last step of adding a number. It belongs to no campaign and is counted nowhere. ADMIN.",
  })
  sendTestMessage(
    @Ctx() context: Context,
    @Arg('input', () => SendTestMessageInput) input: SendTestMessageInput,
  ): Promise<TestMessagePayload> {
    return this.messages.sendTestMessage(viewerOf(context), input);
  }
}
