import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import { Action } from '../../ui/action';
import { stepAddress, steps } from './steps';
import type { Step } from './steps';
import styles from './wizard.module.css';

interface Props {
  step: Step;
  campaignId: string | undefined;
  /** Why one cannot go on. */
  reason: string | undefined;
  /** How many people there are, for phones, where the figure is out of sight. */
  people: number | undefined;
  /** In the place of `Back` and `Next`. */
  children?: ReactNode;
}

/** `Back` and `Next`, always in sight. */
export function StepBar({ step, campaignId, reason, people, children }: Props) {
  const say = useText();
  const navigate = useNavigate();
  const index = steps.indexOf(step);
  const go = (address: string) => void navigate({ to: address, search: ({ business }) => ({ business }) });
  const before = steps[index - 1];
  const after = steps[index + 1];
  return (
    <div className={styles.bar}>
      {people !== undefined && (
        <span className={styles.barPeople}>{say('campaigns.people', { count: people })}</span>
      )}
      {children ?? (
        <>
          <Button onClick={() => go(before ? stepAddress(before, campaignId) : '/campaigns')}>
            {say('campaigns.back')}
          </Button>
          {after && (
            <span className={styles.main}>
              <Action variant="filled" reason={reason} run={() => go(stepAddress(after, campaignId))}>
                {say('campaigns.next')}
              </Action>
            </span>
          )}
        </>
      )}
    </div>
  );
}
