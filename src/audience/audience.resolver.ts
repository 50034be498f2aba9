import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import type { AccountsService } from '../accounts/accounts.service';
import { viewerOf } from '../accounts/authorization';
import { Role } from '../accounts/viewer';
import type { Context } from '../accounts/context';
import { badInput } from '../infra/errors';
import { AudiencePreview, PreviewAudienceInput } from './audience.graphql';
import type { AudienceService } from './audience.service';
import type { MessageKind } from './exclusions';
import { checkHoldout } from './holdout';

@Resolver()
export class AudienceResolver {
  constructor(
    private readonly audiences: AudienceService,
    private readonly accounts: AccountsService,
  ) {}

  @Authorized(Role.MARKETER)
  @Mutation(() => AudiencePreview, {
    description: 'Counts an audience and returns some of its people. Changes nothing.',
  })
  async previewAudience(
    @Ctx() context: Context,
    @Arg('input', () => PreviewAudienceInput) input: PreviewAudienceInput,
  ): Promise<AudiencePreview> {
    const sampleSize = input.sampleSize ?? 5;
    if (sampleSize < 0 || sampleSize > 100)
      throw badInput('input.sampleSize', 'a whole number from 0 to 100');
    const business = await this.accounts.business(viewerOf(context), input.businessId);
    const message = messageKind(input);
    const { audience } = await this.audiences.choose(business, input, 'filter');
    const holdoutPercent = checkHoldout('input.holdoutPercent', input.holdoutPercent);
    const selection = { ...this.audiences.select(business, audience, message), holdoutPercent };
    const [count, sample] = await Promise.all([
      this.audiences.count(selection),
      this.audiences.sample(selection, sampleSize),
    ]);
    return { ...count, sample };
  }
}

/** @throws BAD_USER_INPUT naming the field */
function messageKind({ freeForm, category }: PreviewAudienceInput): MessageKind {
  const named = (category ?? 'MARKETING').toUpperCase();
  if (named !== 'MARKETING' && named !== 'UTILITY') throw badInput('input.category', 'MARKETING or UTILITY');
  return freeForm ? 'FREE_FORM' : named;
}
