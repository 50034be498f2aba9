import type { SenderCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import styles from './phone-numbers.module.css';
import { TestResult } from './test-result';
import { useTest } from './use-test';

/** Asks WhatsApp whether everything is right with the new number. */
export function TestStep({ sender }: { sender: SenderCardFragment }) {
  const say = useText();
  const test = useTest(sender.id);
  return (
    <div className={styles.form}>
      <p>{say('phoneNumbers.testWords')}</p>
      <TestResult test={test} />
      <div>
        <Action run={() => void test.run()} busy={test.busy}>
          {say('phoneNumbers.test')}
        </Action>
      </div>
    </div>
  );
}
