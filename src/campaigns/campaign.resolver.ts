import { Arg, Authorized, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import { CanaryGraphql } from './canary.graphql';
import type { Campaign } from './campaign.entity';
import { CampaignGraphql, CampaignPage } from './campaign.graphql';
import type { CampaignService } from './campaign.service';
import { CampaignSort, CampaignStatus } from './campaign';
import { TemplateValueGraphql } from './template-value.graphql';
import { noticesOf } from './notices';
import { templateValuesOf } from './template-values';

@Resolver(() => CampaignGraphql)
export class CampaignResolver {
  constructor(private readonly campaigns: CampaignService) {}

  @Authorized(Role.VIEWER)
  @Query(() => CampaignGraphql, { description: 'One campaign.' })
  campaign(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<CampaignGraphql> {
    return this.campaigns.campaign(viewerOf(context), id);
  }

  @Authorized(Role.VIEWER)
  @Query(() => CampaignPage, {
    name: 'campaigns',
    description: 'The campaigns of a business in pages, newest first unless `sort` says otherwise.',
  })
  async campaignPage(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('page', () => Int, { nullable: true, defaultValue: 1, description: 'From 1.' })
    givenPage: number | null,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 20, description: '1 to 100.' })
    givenLimit: number | null,
    @Arg('status', () => [CampaignStatus], {
      nullable: true,
      description: 'Only campaigns with one of these statuses.',
    })
    status?: CampaignStatus[] | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Only campaigns with this text in the name; upper and lower case are the same.',
    })
    search?: string | null,
    @Arg('templateId', () => ID, {
      nullable: true,
      description: 'Only campaigns that use this template of the library.',
    })
    templateId?: string | null,
    @Arg('sort', () => CampaignSort, { nullable: true, defaultValue: CampaignSort.NEWEST })
    sort?: CampaignSort | null,
  ): Promise<CampaignPage> {
    const page = givenPage ?? 1;
    const limit = givenLimit ?? 20;
    const list = { page, limit, status, search, templateId, sort: sort ?? CampaignSort.NEWEST };
    return { ...(await this.campaigns.campaigns(viewerOf(context), businessId, list)), page, limit };
  }

  @FieldResolver(() => CanaryGraphql, {
    nullable: true,
    description: 'The canary and its state; null without one.',
  })
  canary(@Root() { canary, canarySize, canaryState }: Campaign): CanaryGraphql | null {
    return canary && { ...canary, size: canarySize, state: canaryState };
  }

  @FieldResolver(() => Float, { description: 'Percent of the people who are held out; 0: nobody.' })
  holdoutPercent(@Root() { holdoutPercent }: Campaign): number {
    return Number(holdoutPercent);
  }

  @FieldResolver(() => [TemplateValueGraphql], {
    description: 'What the campaign gives its template, by key; empty without a template.',
  })
  templateValues(@Root() { templateValues }: Campaign): TemplateValueGraphql[] {
    return templateValuesOf(templateValues);
  }

  @FieldResolver(() => [String], {
    description:
      'What to know of the campaign, one sentence each, e.g. that media goes by link because it could not be fetched.',
  })
  notices(@Root() campaign: Campaign): string[] {
    return noticesOf(campaign);
  }
}
