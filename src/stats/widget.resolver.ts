import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { viewerOf } from '../accounts/authorization';
import type { Context } from '../accounts/context';
import { Role } from '../accounts/viewer';
import type { WidgetTokens } from '../accounts/widget-token';
import type { CampaignService } from '../campaigns/campaign.service';
import { badInput } from '../infra/errors';

/** Days that a widget token may live: it stands in public pages and cannot be called back. */
const longestDays = 366;

@Resolver()
export class WidgetResolver {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly tokens: WidgetTokens,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => String, {
    description:
      'A token that reads the figures of this campaign (the query and the subscription `campaignStats`) and nothing else, to be put into a page of any site. Everybody who sees the page can read these figures until the token expires. `expiresAt` is in the future, at most a year ahead.',
  })
  async createWidgetToken(
    @Ctx() context: Context,
    @Arg('campaignId', () => ID) campaignId: string,
    @Arg('expiresAt', () => Date) expiresAt: Date,
  ): Promise<string> {
    const campaign = await this.campaigns.campaign(viewerOf(context), campaignId);
    const ahead = expiresAt.getTime() - Date.now();
    if (!(ahead >= 1000 && ahead <= longestDays * 86_400_000))
      throw badInput('expiresAt', 'a time in the future, at most a year ahead');
    return this.tokens.sign(campaign.id, expiresAt);
  }
}
