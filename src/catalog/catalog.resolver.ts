import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import type { CatalogService } from './catalog.service';
import { TemplateType, UpdateTemplateInput } from './catalog.graphql';
import type { Template } from './templates/template.entity';
import { optOutButtonsOf } from './templates/opt-out-buttons';
import { isTrackedShape, shapeOf, whyNotSendable } from './templates/template-shape';
import { parametersOf } from './templates/variables';

@Resolver()
export class CatalogResolver {
  constructor(
    private readonly catalog: CatalogService,
    private readonly accounts: AccountsService,
    private readonly publicUrl: string,
  ) {}

  @Authorized(Role.VIEWER)
  @Query(() => [TemplateType], { description: 'The template library of a business.' })
  async templates(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
  ): Promise<TemplateType[]> {
    const business = await this.accounts.business(viewerOf(context), businessId);
    return (await this.catalog.templates(business.id)).map((template) => this.described(template));
  }

  @Authorized(Role.ADMIN)
  @Mutation(() => [TemplateType], {
    description:
      'Reads all templates from WhatsApp into the library, and returns them. Templates that no longer exist at WhatsApp become DELETED. ADMIN.',
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
    const { id, businessId, name, language, category, status, quality, rejectedReason, components } =
      template;
    return {
      id,
      businessId,
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
