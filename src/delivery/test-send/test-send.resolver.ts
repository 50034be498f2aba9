import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { SendTestInput, SendTestPayload } from './test-send.graphql';
import type { TestSendService } from './test-send.service';

@Resolver()
export class TestSendResolver {
  constructor(private readonly tests: TestSendService) {}

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
}
