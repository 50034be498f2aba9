import type { AccountsService } from '../../accounts/accounts.service';
import type { Viewer } from '../../accounts/viewer';
import type { ContactType } from '../../audience/contacts/contact.graphql';
import type { ContactService } from '../../audience/contacts/contact.service';
import { showsPhone } from '../../audience/shows-phone';
import type { CatalogService } from '../../catalog/catalog.service';
import { prepareMessage } from '../../catalog/message';
import type { Renderer } from '../../catalog/renderer';
import { nothingShown, shownMessage } from '../../catalog/shown-message';
import type { ShownMessage } from '../../catalog/shown-message';
import { badInput, notFound } from '../../infra/errors';
import { checkContent, namedIds } from '../content';
import type { MessagePreview, PreviewMessageInput } from './preview.graphql';

const mostContacts = 20;
/** As long as the token of a real link, so that the lengths are the same. */
const previewStamp = { callbackData: 'preview', linkToken: () => 'preview-of-this-persons-own-link' };
const madeUp = { name: 'Asha Rao', phone: '+919876543210', email: 'asha@example.com' };

/** Shows messages before they are sent, with the checks and the rendering of a campaign. */
export class PreviewService {
  constructor(
    private readonly accounts: AccountsService,
    private readonly contacts: ContactService,
    private readonly catalog: CatalogService,
    private readonly publicUrl: string,
  ) {}

  /**
   * The message for each contact, in the order given.
   * @throws NOT_FOUND for a contact, template, product or number that is not the business's; BAD_USER_INPUT as createCampaign
   */
  async previewMessage(viewer: Viewer, input: PreviewMessageInput): Promise<MessagePreview[]> {
    const business = await this.accounts.business(viewer, input.businessId);
    const sender = await this.accounts.senderFor(business.id, input.senderId);
    const ids = input.contactIds;
    if (ids && (ids.length === 0 || ids.length > mostContacts))
      throw badInput('input.contactIds', `1 to ${mostContacts} ids`);
    const contacts = ids && (await this.contactsOf(viewer, business.id, ids));
    const named = await this.catalog.named(business.id, namedIds(input));
    const template = await this.catalog.chooseTemplate(sender, input);
    const content = checkContent(input, template, named, this.publicUrl);
    const render = prepareMessage({ ...content, template }, this.publicUrl);
    const components = template?.components;
    if (!contacts) return [{ contact: null, ...this.shown(render(madeUp, previewStamp), components) }];
    return contacts.map((contact) => {
      const { name, phoneE164, email } = contact;
      const problem = whyLeftOut(contact, showsPhone(content));
      if (problem) return { contact, ...nothingShown, problems: [problem] };
      return {
        contact,
        ...this.shown(render({ name, phone: phoneE164 ?? '', email }, previewStamp), components),
      };
    });
  }

  private async contactsOf(
    viewer: Viewer,
    businessId: string,
    ids: readonly string[],
  ): Promise<ContactType[]> {
    const found: ContactType[] = [];
    for (const id of ids) {
      const contact = await this.contacts.contact(viewer, id);
      if (contact.businessId !== businessId) throw notFound('Contact');
      found.push(contact);
    }
    return found;
  }

  private shown(rendered: ReturnType<Renderer>, components: unknown): ShownMessage & { problems: string[] } {
    return 'problem' in rendered
      ? { ...nothingShown, problems: [rendered.problem] }
      : { ...shownMessage(rendered.message, components, this.publicUrl), problems: [] };
  }
}

/** Why campaigns leave out a contact without a phone: there is nothing to send to, or the message shows the phone. */
function whyLeftOut({ phoneE164, bsuid }: ContactType, needsPhone: boolean): string | undefined {
  if (phoneE164 !== null) return undefined;
  if (bsuid === null) return 'The contact has no phone number that can be read: campaigns leave it out';
  return needsPhone
    ? 'The message shows {{phone}}, and the contact has no phone number: campaigns with it leave the contact out'
    : undefined;
}
