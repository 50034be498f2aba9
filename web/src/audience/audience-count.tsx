import { Button } from '@mantine/core';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { phone } from '../format/phone';
import { useFormat } from '../format/use-format';
import { useBusiness } from '../frame/business';
import type { PreviewAudienceInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './audience.module.css';
import { PeopleList } from './people-list';
import { usePreview } from './use-preview';
import { Waterfall } from './waterfall';

interface Props {
  /** Whom to count, without the business. `category` and `freeForm` say which exclusions apply to the message. */
  audience: Omit<PreviewAudienceInput, 'businessId' | 'sampleSize'>;
  /** How many conditions are shown and not complete. */
  incomplete?: number;
}

const sampleSize = 10;

/** How many people an audience has now, why others are not among them, and the first ten. Needs the role MARKETER. */
export function AudienceCount({ audience, incomplete = 0 }: Props) {
  const say = useText();
  const format = useFormat();
  const { id: businessId } = useBusiness();
  const [allShown, setAllShown] = useState(false);
  const { preview, counting, error, countAgain } = usePreview({ ...audience, businessId, sampleSize });
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
          {preview.sample.length > 0 && (
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
      {!preview && error === undefined && <div className={styles.detailsWaiting} aria-hidden="true" />}
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
