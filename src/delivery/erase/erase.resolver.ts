import { Arg, Authorized, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import type { EraseService } from './erase.service';

@Resolver()
export class EraseResolver {
  constructor(private readonly people: EraseService) {}

  @Authorized(Role.ADMIN)
  @Mutation(() => Boolean, {
    description:
      'Erases a person for good: the contact, all contacts of the business with the same WhatsApp number or BSUID, and the name, phone and e-mail in the recipients of campaigns, in lists of named people and in orders. Figures stay as they are. Opt-outs stay, so that a later import does not message somebody who opted out. CONFLICT, which names the campaign, while one is sending to the person. True when it is done. ADMIN.',
  })
  async eraseContact(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<boolean> {
    await this.people.eraseContact(viewerOf(context), id);
    return true;
  }
}
