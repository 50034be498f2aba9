import type { WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';

/** Whether a template can be sent from a number: WhatsApp sends only templates of the number's own account. */
export function isOfAccount(
  { wabaId }: Pick<WizardTemplateFragment, 'wabaId'>,
  sender: WizardSendersQuery['senders'][number] | undefined,
): boolean {
  return sender === undefined || sender.wabaId === wabaId;
}
