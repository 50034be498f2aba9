import { useText } from '../i18n/text';
import { ErrorState } from '../ui/error-state';
import styles from './phone-numbers.module.css';
import type { Test } from './use-test';

/** What a test found: all works, or what to do. */
export function TestResult({ test: { problems, error, busy } }: { test: Test }) {
  const say = useText();
  return (
    <div role="status">
      {busy && <p className="muted">{say('phoneNumbers.testing')}</p>}
      {error !== undefined && <ErrorState title={say('phoneNumbers.notTested')} error={error} />}
      {problems?.length === 0 && <p className={styles.good}>{say('phoneNumbers.allWorks')}</p>}
      {problems && problems.length > 0 && (
        <div className={styles.trouble}>
          <p>
            <strong>{say('phoneNumbers.problems', { count: problems.length })}</strong>
          </p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
