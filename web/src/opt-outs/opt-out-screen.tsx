import { Link, useParams } from '@tanstack/react-router';
import { phone as spelled } from '../format/phone';
import { useBusiness } from '../frame/business';
import { useText } from '../i18n/text';
import { PageHeader } from '../ui/page-header';
import { OptOutState } from './opt-out-state';
import styles from './opt-outs.module.css';

/** One person's opt-outs: whether there are any, and every change so far. */
export function OptOutScreen() {
  const say = useText();
  const business = useBusiness();
  const { phone } = useParams({ from: '/opt-outs/$phone' });
  return (
    <>
      <PageHeader title={spelled(phone)} sentence={say('optOuts.oneSentence')} />
      <section className={styles.one} aria-labelledby="now">
        <h2 id="now">{say('optOuts.now')}</h2>
        <OptOutState businessId={business.id} phone={phone} />
      </section>
      <p className={styles.links}>
        <Link to="/contacts" search={{ search: phone }}>
          {say('optOuts.findLead')}
        </Link>
        <Link to="/contacts" search={{ kind: 'customers', search: phone }}>
          {say('optOuts.findCustomer')}
        </Link>
      </p>
    </>
  );
}
