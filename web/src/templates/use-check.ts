import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import { CheckTemplateDocument } from '../generated/graphql';
import type { CreateTemplateInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import { fieldAt } from './new-components';
import type { NewTemplate } from './new-template';

const pauseMs = 300;

/** What is wrong with a new template, by field, in words. */
export type Problems = ReadonlyMap<string, string>;

/** Asks the API for what WhatsApp's rules have against a template, when the typing pauses. */
export function useCheck(template: NewTemplate, input: CreateTemplateInput) {
  const words = useProblemWords();
  const [asked] = useDebouncedValue(JSON.stringify(input), pauseMs);
  const { data, previousData, loading, error, refetch } = useQuery(CheckTemplateDocument, {
    variables: { input: JSON.parse(asked) as CreateTemplateInput },
    fetchPolicy: 'no-cache',
  });
  return {
    problems: words(template, (data ?? previousData)?.checkTemplate ?? []),
    /** The answer is not about what stands there now. */
    isStale: loading || error !== undefined || asked !== JSON.stringify(input),
    error,
    checkAgain: () => void refetch().catch(() => undefined), // shown by `error`
  };
}

/** Turns the API's problems into words beside fields: the first one of each. */
function useProblemWords() {
  const say = useText();
  return useCallback(
    (template: NewTemplate, problems: readonly { field: string; message: string }[]): Problems => {
      const found = new Map<string, string>();
      for (const { field, message } of problems) {
        const at = fieldAt(template, field) ?? 'other';
        if (found.has(at)) continue;
        const isMedia = at.endsWith('header') && field.includes('.example');
        found.set(
          at,
          isMedia
            ? say('templates.needsMedia')
            : field.endsWith('.has_expiration')
              ? say('templates.needsCode')
              : at.endsWith('Examples')
                ? say('templates.needsExample')
                : say('templates.expected', { what: message.replace(/^.*?expected /, '') }),
        );
      }
      return found;
    },
    [say],
  );
}
