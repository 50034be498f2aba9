import { Link } from '@tanstack/react-router';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import styles from './wizard.module.css';

/** Of a business without a phone number: the server stores no campaign for it. */
export function NoNumber() {
  const say = useText();
  const mayAdd = useMay('ADMIN');
  return (
    <section className={styles.noNumber} aria-label={say('campaigns.noNumber')}>
      <p>
        <strong>{say('campaigns.noNumber')}</strong>{' '}
        {say(mayAdd ? 'campaigns.noNumberNext' : 'campaigns.noNumberReader')}
      </p>
      <Link to="/phone-numbers">{say('campaigns.toPhoneNumbers')}</Link>
    </section>
  );
}
