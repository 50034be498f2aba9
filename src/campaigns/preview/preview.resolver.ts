import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { MessagePreview, PreviewMessageInput } from './preview.graphql';
import type { PreviewService } from './preview.service';

@Resolver()
export class PreviewResolver {
  constructor(private readonly previews: PreviewService) {}

  @Authorized(Role.VIEWER)
  @Query(() => [MessagePreview], {
    description:
      'A message as it would be sent to some contacts. It is checked as createCampaign does; nothing is stored or sent.',
  })
  previewMessage(
    @Ctx() context: Context,
    @Arg('input', () => PreviewMessageInput) input: PreviewMessageInput,
  ): Promise<MessagePreview[]> {
    return this.previews.previewMessage(viewerOf(context), input);
  }
}
