import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { LinkButton } from '../ui/link-button';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { NumberCard } from './number-card';
import styles from './phone-numbers.module.css';
import { useSenders } from './use-senders';

/** The numbers that campaigns are sent from, and how WhatsApp sees them. */
export function PhoneNumbersScreen() {
  const say = useText();
  const mayChange = useMay('ADMIN');
  const { senders, error, retry } = useSenders(10_000);
  const add = (
    <LinkButton to="/phone-numbers/new" variant="filled">
      {say('phoneNumbers.add')}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={say('phoneNumbers.title')}
        count={senders?.length}
        sentence={say('phoneNumbers.sentence')}
        actions={mayChange && (senders?.length ?? 0) > 0 && add}
      />
      {error && <ErrorState title={say('phoneNumbers.failed')} error={error} retry={retry} />}
      {!senders && !error && <SkeletonRows rows={2} />}
      {senders?.length === 0 && (
        <EmptyState title={say('phoneNumbers.none')} action={mayChange && add}>
          {say(mayChange ? 'phoneNumbers.noneNext' : 'phoneNumbers.noneReader')}
        </EmptyState>
      )}
      {senders && senders.length > 0 && (
        <ul className={styles.cards}>
          {senders.map((sender) => (
            <li key={sender.id}>
              <NumberCard sender={sender} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
