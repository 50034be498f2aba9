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

interface PreviewProblems {
  /** In the server's words, by the ids of the contacts. */
  byContact: ReadonlyMap<string, readonly string[]>;
  /** Why the present message could not be checked. */
  error: unknown;
  checkAgain: () => void;
}

/** Why some of the people cannot be sent the message as it is. It is asked once nothing is missing. */
export function useProblems(
  draft: Draft,
  template: WizardTemplateFragment | undefined,
  people: readonly PreviewPerson[],
  complete: boolean,
): PreviewProblems {
  const { id: businessId, timezone } = useBusiness();
  const contactIds = people.flatMap(({ contactId }) => contactId ?? []);
  const message = complete && contactIds.length > 0 ? messageInput(draft, template, timezone) : undefined;
  const [input] = useDebouncedValue(
    message ? JSON.stringify({ ...message, businessId, contactIds }) : '',
    pauseMs,
  );
  const { data, error, refetch } = useQuery(PreviewMessageDocument, {
    variables: {
      input: input === '' ? { businessId } : (JSON.parse(input) as { businessId: string }),
    },
    skip: input === '',
    fetchPolicy: 'no-cache',
  });
  return {
    byContact: new Map(
      (data?.previewMessage ?? []).flatMap(({ contact, problems }) =>
        contact && problems.length > 0 ? [[contact.id, problems]] : [],
      ),
    ),
    error,
    checkAgain: () => void refetch().catch(() => undefined), // shown by `error`
  };
}
