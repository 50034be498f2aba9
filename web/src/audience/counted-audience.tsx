import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { phone } from '../format/phone';
import { useFormat } from '../format/use-format';
import type { PreviewAudienceInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './audience.module.css';
import { PeopleList } from './people-list';
import type { Counted } from './use-preview';
import { Waterfall } from './waterfall';

interface Props {
  /** What was counted, for the list of everybody. */
  audience: Pick<PreviewAudienceInput, 'audienceType' | 'filter' | 'segmentId'>;
  counted: Counted;
  /** How many conditions are shown and not complete. */
  incomplete?: number;
  /** Shows the first people too. */
  withSample?: boolean;
  /** What stands under the waterfall. */
  children?: ReactNode;
}

/** How many people an audience has, and why others are not among them. */
export function CountedAudience({ audience, counted, incomplete = 0, withSample = true, children }: Props) {
  const say = useText();
  const format = useFormat();
  const [allShown, setAllShown] = useState(false);
  const { preview, counting, error, countAgain } = counted;
  return (
    <section className={styles.count} aria-label={say('audience.countOf')}>
      <div role="status" aria-busy={counting}>
        <p className={counting ? `${styles.total} ${styles.old}` : styles.total}>
          {preview ? (
            <FormattedMessage
              id="audience.people"
              values={{
                count: preview.count,
                figure: (number) => <span data-figure="audience">{number}</span>,
              }}
            />
          ) : (
            <span>{error === undefined ? '\u00a0' : '–'}</span>
          )}
        </p>
        <p className={`muted small ${styles.state}`}>
          {counting
            ? say('audience.counting')
            : preview && error === undefined
              ? say('audience.counted')
              : '\u00a0'}
        </p>
      </div>
      {error !== undefined && (
        <ErrorState title={say('audience.countFailed')} error={error} retry={countAgain} />
      )}
      {incomplete > 0 && (
        <p className={styles.problem}>{say('audience.incomplete', { count: incomplete })}</p>
      )}
      {preview && (
        <div className={counting ? `${styles.details} ${styles.old}` : styles.details}>
          <Waterfall {...preview} />
          {withSample && preview.sample.length > 0 && (
            <>
              <h2 className={styles.heading}>{say('audience.first', { count: preview.sample.length })}</h2>
              <ul className={styles.sample}>
                {preview.sample.map(({ contactId, name, phone: number }, index) => (
                  <li key={contactId ?? index}>
                    <span>{name || say('audience.noName')}</span>{' '}
                    <span className="muted">{phone(number)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {preview.matched > 0 && audience.audienceType !== 'CUSTOM' && (
            <Button onClick={() => setAllShown(true)}>{say('audience.viewAll')}</Button>
          )}
        </div>
      )}
      {children}
      {!preview && counting && <div className={styles.detailsWaiting} aria-hidden="true" />}
      {allShown && (
        <PeopleList
          audience={audience}
          matched={format.count(preview?.matched ?? 0)}
          close={() => setAllShown(false)}
        />
      )}
    </section>
  );
}
