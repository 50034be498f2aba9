import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { phone } from '../../format/phone';
import { useFormat } from '../../format/use-format';
import { useNow } from '../../format/use-now';
import { useBusiness } from '../../frame/business';
import { TrackedUrlDocument } from '../../generated/graphql';
import type { WizardTemplateFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { ErrorState } from '../../ui/error-state';
import { Bubble } from './bubble';
import type { Draft } from './draft';
import { LeftIcon, RightIcon } from './icons';
import { emptyFor, freeFormFor, messageFor } from './message';
import type { ShownMessage } from './message';
import styles from './message.module.css';
import type { Person } from './placeholders';
import { TestSend } from './test-send';
import type { TestNumbers } from './test-send';
import { useProblems } from './use-problems';
import type { PreviewPerson } from './use-problems';
import { labelOf } from './variables';
import type { Variable } from './variables';

interface Props {
  template: WizardTemplateFragment | undefined;
  variables: readonly Variable[];
  draft: Draft;
  /** Some of those who get it. */
  people: readonly PreviewPerson[];
  /** Nothing of the message is missing. */
  complete: boolean;
  /** Stores the draft. @returns the campaign's id */
  save: () => Promise<string>;
  testNumbers: TestNumbers;
}

const nobody: Person = { name: '', phone: '', email: null };

/** The message as the people will see it, one after the other. */
export function Preview({ template, variables, draft, people, complete, save, testNumbers }: Props) {
  const say = useText();
  const format = useFormat();
  const now = useNow(30_000);
  const { id: businessId, timezone } = useBusiness();
  const { data } = useQuery(TrackedUrlDocument, { variables: { businessId }, skip: !draft.freeForm });
  const tracked = data?.templateLibrary.trackedUrl ?? '…';
  const [asked, setAsked] = useState(0);
  const index = Math.min(asked, Math.max(0, people.length - 1));
  const person = people[index];
  const message = shownTo(person ?? nobody, draft, template, tracked);
  const empty = person && !draft.freeForm ? emptyFor(variables, draft.values, person) : [];
  const { byContact, error, checkAgain } = useProblems(draft, template, people, complete);
  const problems = byContact.get(person?.contactId ?? '') ?? [];
  const turn = (by: number) => setAsked((index + by + people.length) % people.length);
  return (
    <section className={styles.preview} aria-label={say('campaigns.preview')}>
      <div className={styles.person}>
        {people.length > 1 && (
          <Button variant="subtle" px={8} aria-label={say('campaigns.personBefore')} onClick={() => turn(-1)}>
            <LeftIcon />
          </Button>
        )}
        <p className={styles.who} aria-live="polite">
          {person ? (
            <>
              <strong>{person.name.trim() || say('audience.noName')}</strong>
              <span className="muted small">
                {phone(person.phone)} · {say('campaigns.personOf', { number: index + 1, of: people.length })}
              </span>
            </>
          ) : (
            <span className="muted">{say('campaigns.noPerson')}</span>
          )}
        </p>
        {people.length > 1 && (
          <Button variant="subtle" px={8} aria-label={say('campaigns.personAfter')} onClick={() => turn(1)}>
            <RightIcon />
          </Button>
        )}
      </div>
      {message ? (
        <Bubble
          message={message}
          language={draft.freeForm ? '' : (template?.language ?? '')}
          time={format.clockTime(now, timezone)}
        />
      ) : (
        <p className={styles.noMessage}>{say(draft.freeForm ? 'campaigns.noText' : 'campaigns.noMessage')}</p>
      )}
      {error !== undefined && (
        <ErrorState title={say('campaigns.messageNotChecked')} error={error} retry={checkAgain} />
      )}
      {empty.length === 0 && problems.length > 0 && (
        <ul className={styles.problems}>
          {problems.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {empty.length > 0 && (
        <ul className={styles.problems}>
          {empty.map((variable) => (
            <li key={variable.key}>{say('campaigns.emptyFor', { label: labelOf(say, variable) })}</li>
          ))}
        </ul>
      )}
      <TestSend numbers={testNumbers} people={people} person={person} complete={complete} save={save} />
    </section>
  );
}

/** Undefined while there is nothing to show. */
function shownTo(
  person: Person,
  draft: Draft,
  template: WizardTemplateFragment | undefined,
  tracked: string,
): ShownMessage | undefined {
  if (!draft.freeForm) return template && messageFor(template, draft.values, person);
  return draft.text.trim() === '' && !draft.mediaKind ? undefined : freeFormFor(draft, person, tracked);
}
