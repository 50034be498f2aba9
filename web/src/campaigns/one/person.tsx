import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useLayoutEffect, useRef } from 'react';
import { isNotFound } from '../../api/use-error-words';
import { phone } from '../../format/phone';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { CampaignPersonDocument } from '../../generated/graphql';
import type { ListedPersonFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { ErrorState } from '../../ui/error-state';
import { SkeletonRows } from '../../ui/skeleton-rows';
import { useKeptInSight } from '../../ui/use-kept-in-sight';
import styles from './campaign.module.css';
import people from './people.module.css';
import { Outcome } from './person-row';
import { useReread } from './use-reread';

interface Props {
  campaignId: string;
  personId: string;
  /** What the list shows of the person, if they are in the part of it that is loaded. */
  listed: ListedPersonFragment | undefined;
  /** Of the campaign's figures: when it changes, something may have happened to the person. */
  version: number;
  close: () => void;
}

const rereadMs = 3000;

/** One person's story in the campaign, beside the list; on a phone above it. */
export function Person({ campaignId, personId, listed, version, close }: Props) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const { data, error, refetch } = useQuery(CampaignPersonDocument, {
    variables: { id: campaignId, person: personId },
    fetchPolicy: 'no-cache',
  });
  useReread(version, rereadMs, refetch);
  const story = data?.campaign.recipient;
  const person = story ?? listed;
  const name = person && (person.name || phone(person.phone));
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    heading.current?.focus({ preventScroll: true });
    return () => {
      // On a phone the list is further down than the story was.
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const told = data !== undefined || error !== undefined;
  // Opened by its own address, the story may be further down; beside the list it is in sight already.
  useKeptInSight(section, told);
  return (
    <section className={people.story} aria-labelledby="person" ref={section}>
      <div className={styles.sectionHead}>
        <h3 id="person" tabIndex={-1} ref={heading} data-content>
          {name ?? say('campaigns.one.story')}
        </h3>
        <Button onClick={close}>{say('campaigns.one.close')}</Button>
      </div>
      {person && (
        <>
          <p className="muted">
            {phone(person.phone)}
            {story?.email && <> · {story.email}</>}
          </p>
          <p>
            <Outcome person={person} />
          </p>
        </>
      )}
      {error && (
        <ErrorState
          title={say('campaigns.one.storyFailed')}
          error={error}
          words={isNotFound(error) ? say('campaigns.one.noPerson') : undefined}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!data && !error && <SkeletonRows rows={3} />}
      {story?.events.length === 0 && <p className="muted">{say('campaigns.one.noStory')}</p>}
      {story && story.events.length > 0 && (
        <ol className={styles.events} aria-label={say('campaigns.one.story')}>
          {story.events.map(({ event, at, detail }) => (
            <li key={`${at} ${event}`}>
              <time dateTime={at}>{format.dayAndExactTime(at, timezone)}</time>{' '}
              <span>
                {say('campaigns.one.event', { event })}
                {detail !== null && (
                  <span className={styles.because} data-content>
                    {detail}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
      {story && story.attempts > 1 && (
        <p className="muted small">{say('campaigns.one.attempts', { count: story.attempts })}</p>
      )}
    </section>
  );
}
