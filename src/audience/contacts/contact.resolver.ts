import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { viewerOf } from '../../accounts/authorization';
import type { Context } from '../../accounts/context';
import { Role } from '../../accounts/viewer';
import { PageArgs } from '../../infra/pagination';
import { ContactKind } from '../audience';
import { AudienceFilterInput } from '../filter/filter.graphql';
import type { ContactContext } from '../opt-outs/opted-out-loader';
import { ContactConnection, ContactType, CreateContactInput, UpdateContactInput } from './contact.graphql';
import type { ContactService } from './contact.service';

@Resolver(() => ContactType)
export class ContactResolver {
  constructor(private readonly contacts: ContactService) {}

  @Authorized(Role.VIEWER)
  @Query(() => ContactConnection, {
    name: 'contacts',
    description: 'The leads or the customers of a business, newest first.',
  })
  contactPage(
    @Ctx() context: Context,
    @Arg('businessId', () => ID) businessId: string,
    @Arg('kind', () => ContactKind) kind: ContactKind,
    @Arg('filter', () => AudienceFilterInput, { nullable: true })
    filter: AudienceFilterInput | null | undefined,
    @Arg('search', () => String, {
      nullable: true,
      description:
        'The start of a name, a phone in any spelling or its first digits, or the start of an e-mail with its @. At most 200 characters. Left out or blank, all are listed.',
    })
    search: string | null | undefined,
    @Args() { first, after }: PageArgs,
  ): Promise<ContactConnection> {
    return this.contacts.contacts(viewerOf(context), { businessId, kind, filter, search, first, after });
  }

  @Authorized(Role.VIEWER)
  @Query(() => ContactType, { description: 'One contact.' })
  contact(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ContactType> {
    return this.contacts.contact(viewerOf(context), id);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => ContactType, {
    description: 'Adds a contact. CONFLICT if another of its kind has the externalId. MARKETER.',
  })
  createContact(
    @Ctx() context: Context,
    @Arg('input', () => CreateContactInput) input: CreateContactInput,
  ): Promise<ContactType> {
    return this.contacts.createContact(viewerOf(context), input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => ContactType, {
    description:
      'Changes a contact. Campaigns that have started keep the name and the phone that it had. CONFLICT if another of its kind has the externalId. MARKETER.',
  })
  updateContact(
    @Ctx() context: Context,
    @Arg('id', () => ID) id: string,
    @Arg('input', () => UpdateContactInput) input: UpdateContactInput,
  ): Promise<ContactType> {
    return this.contacts.updateContact(viewerOf(context), id, input);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => ContactType, {
    description:
      'Deletes a contact and returns it as it was. Campaigns that have started still send to the person and keep their reports; opt-outs stay. MARKETER.',
  })
  deleteContact(@Ctx() context: Context, @Arg('id', () => ID) id: string): Promise<ContactType> {
    return this.contacts.deleteContact(viewerOf(context), id);
  }

  @Authorized(Role.MARKETER)
  @Mutation(() => [ContactType], {
    description: 'Adds and removes tags of contacts: of all of them, or of none if one is refused. MARKETER.',
  })
  tagContacts(
    @Ctx() context: Context,
    @Arg('ids', () => [ID], { description: '1 to 1000.' }) ids: string[],
    @Arg('add', () => [String], { nullable: true }) add?: string[] | null,
    @Arg('remove', () => [String], { nullable: true }) remove?: string[] | null,
  ): Promise<ContactType[]> {
    return this.contacts.tagContacts(viewerOf(context), ids, add ?? [], remove ?? []);
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the person opted out, by any source (see OptOutSource).',
  })
  async optedOut(
    @Root() { businessId, identity, bsuid }: ContactType,
    @Ctx() { optedOut }: ContactContext,
  ): Promise<boolean> {
    const known = [identity, bsuid].filter((one) => one !== null);
    const answers = await Promise.all(known.map((one) => optedOut.load({ businessId, identity: one })));
    return answers.includes(true);
  }
}

@Resolver(() => ContactConnection)
export class ContactConnectionResolver {
  @FieldResolver(() => Int, {
    description:
      'Contacts of the whole list. Counted only when it is asked for: ask once for each list, not with every page. With a million contacts it takes up to half a second, much less with a search that finds few.',
  })
  totalCount(@Root() { count }: ContactConnection): Promise<number> {
    return count();
  }
}
