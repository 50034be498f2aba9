import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../../accounts/accounts.service';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { TemplateType, UpdateTemplateInput } from '../catalog.graphql';
import type { CatalogService } from '../catalog.service';
import { optOutButtonsOf } from './opt-out-buttons';
import { isTrackedShape, shapeOf, whyNotSendable } from './template-shape';
import type { Template } from './template.entity';
import { CreateTemplateInput, TemplateLibrary, TemplateProblem } from './template.graphql';
import type { TemplateService } from './template.service';
import { parametersOf } from './variables';

@Resolver()
export class TemplateResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly templateService: TemplateService,
    private readonly accounts: AccountsService,
    private readonly publicUrl: string,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [TemplateType], { description: 'The template library of a business, by name and language.' })
  async templates(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('status', () => [String], {
      nullable: true,
      description:
        'Only with one of these, e.g. APPROVED. BAD_USER_INPUT for a value that neither WhatsApp documents nor a template has.',
    })
    status?: string[] | null,
    @Arg('category', () => [String], { nullable: true, description: 'MARKETING, UTILITY, AUTHENTICATION.' })
    category?: string[] | null,
    @Arg('language', () => [String], {
      nullable: true,
      description: "WhatsApp's language codes, e.g. en or pt_BR.",
    })
    language?: string[] | null,
    @Arg('search', () => String, {
      nullable: true,
      description: 'Part of the name or of the text of the body; upper and lower case are the same.',
    })
    search?: string | null,
  ): Promise<TemplateType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    const filter = { status, category, language, search };
    return (await this.catalog.templates(business.id, filter)).map((template) => this.described(template));
  }

  @Authorized(Role.VIEWER)
  @Query(() => TemplateType, { description: 'One template.' })
  async template(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<TemplateType> {
    return this.described(await this.templateService.template(viewerOf(context), id));
  }

  @Authorized(Role.VIEWER)
  @Query(() => TemplateLibrary, { description: 'The template library of a business as a whole.' })
  async templateLibrary(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<TemplateLibrary> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return this.templateService.library(business.id);
  }

  @Authorized(Role.VIEWER)
  @Query(() => [TemplateProblem], {
    description:
      "What WhatsApp's rules have against a new template; nothing is created. An empty list: createTemplate hands it in.",
  })
  async checkTemplate(
    @Ctx() context: Context,
    @Arg('input', () => CreateTemplateInput) input: CreateTemplateInput,
  ): Promise<TemplateProblem[]> {
    const problems = await this.templateService.check(viewerOf(context), input);
    return problems.map(({ field, expected }) => ({ field, message: `expected ${expected}` }));
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => TemplateType, {
    description:
      "Hands a new template in at WhatsApp, which reviews it within minutes to 24 hours, and adds it to the library. If its form breaks WhatsApp's rules, the error has all problems in extensions.problems. ADMIN.",
  })
  async createTemplate(
    @Ctx() context: Context,
    @Arg('input', () => CreateTemplateInput) input: CreateTemplateInput,
  ): Promise<TemplateType> {
    return this.described(await this.templateService.createTemplate(viewerOf(context), input));
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => TemplateType, {
    description:
      'Deletes a template in its language at WhatsApp; the library keeps it as DELETED. CONFLICT while a scheduled, active or paused campaign uses it; drafts with it become incomplete. ADMIN.',
  })
  async deleteTemplate(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<TemplateType> {
    return this.described(await this.templateService.deleteTemplate(viewerOf(context), id));
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => [TemplateType], {
    description:
      'Reads all templates from WhatsApp into the library, and returns them. Templates that no longer exist at WhatsApp become DELETED. Pauses active campaigns whose template WhatsApp no longer sends, has changed, or has moved from UTILITY to MARKETING. ADMIN.',
  })
  async syncTemplates(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<TemplateType[]> {
    const senders = await this.accounts.senders(viewerOf(context), businessId);
    return (await this.catalog.syncTemplates(businessId, senders)).map((template) =>
      this.described(template),
    );
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => TemplateType, {
    description: 'Sets which quick replies of a template opt people out. ADMIN.',
  })
  async updateTemplate(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateTemplateInput) input: UpdateTemplateInput,
  ): Promise<TemplateType> {
    return this.described(await this.catalog.updateTemplate(viewerOf(context), id, input));
  }

  private described(template: Template): TemplateType {
    const shape = shapeOf(template.components, this.publicUrl);
    const notSendable = whyNotSendable(template, shape) ?? null;
    const { id, businessId, wabaId, name, language, category, status, quality, rejectedReason, components } =
      template;
    return {
      id,
      businessId,
      wabaId,
      name,
      language,
      category,
      status,
      sendable: notSendable === null,
      notSendable,
      quality,
      rejectedReason,
      components,
      variables: [...shape.variables],
      buttons: [...shape.buttons],
      optOutButtons: optOutButtonsOf(shape.buttons, template.optOutChoice),
      bodyText: shape.bodyText ?? null,
      headerFormat: shape.headerFormat ?? null,
      parameterCount: parametersOf(shape.variables).length,
      hasTrackedLink: isTrackedShape(shape),
      syncedAt: template.syncedAt,
    };
  }
}
