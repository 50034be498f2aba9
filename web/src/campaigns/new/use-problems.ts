import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { useBusiness } from '../../frame/business';
import { PreviewMessageDocument } from '../../generated/graphql';
import type { WizardTemplateFragment } from '../../generated/graphql';
import type { Draft } from './draft';
import { messageInput } from './campaign-input';
import type { Person } from './placeholders';

/** Asked again when no change follows within this time. */
const pauseMs = 500;

/** Somebody of the preview; people who are listed by number are no contacts. */
export type PreviewPerson = Person & { contactId: string | null };

/**
 * Why some of the people cannot be sent the message as it is, in the server's words, by the ids of the contacts. It is asked
 * once nothing is missing.
 */
export function useProblems(
  draft: Draft,
  template: WizardTemplateFragment | undefined,
  people: readonly PreviewPerson[],
  complete: boolean,
): ReadonlyMap<string, readonly string[]> {
  const { id: businessId, timezone } = useBusiness();
  const contactIds = people.flatMap(({ contactId }) => contactId ?? []);
  const message = complete && contactIds.length > 0 ? messageInput(draft, template, timezone) : undefined;
  const [input] = useDebouncedValue(
    message ? JSON.stringify({ ...message, businessId, contactIds }) : '',
    pauseMs,
  );
  const { data } = useQuery(PreviewMessageDocument, {
    variables: {
      input: input === '' ? { businessId } : (JSON.parse(input) as { businessId: string }),
    },
    skip: input === '',
    fetchPolicy: 'no-cache',
  });
  return new Map(
    (data?.previewMessage ?? []).flatMap(({ contact, problems }) =>
      contact && problems.length > 0 ? [[contact.id, problems]] : [],
    ),
  );
}
