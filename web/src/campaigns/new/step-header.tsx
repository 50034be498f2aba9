import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { useText } from '../../i18n/text';
import { stepAddress, steps } from './steps';
import type { Step } from './steps';
import styles from './step-header.module.css';

interface Props {
  step: Step;
  campaignId: string | undefined;
  /** The campaign's name as far as it is written: it tells tabs apart. */
  name: string;
  /** The steps cannot be changed now. */
  fixed: boolean;
  /** What became of the latest change. */
  children: ReactNode;
}

/** All steps, and the heading of the present one, which gets the focus. */
export function StepHeader({ step, campaignId, name, fixed, children }: Props) {
  const say = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const title = say(`campaigns.step.${step}`);
  const tab = name.trim() === '' ? say('campaigns.new') : name.trim();
  useEffect(() => {
    document.title = `${title} · ${tab} · Dakiya`;
  }, [title, tab]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [step]);
  const present = steps.indexOf(step);
  return (
    <header className={styles.header}>
      <div className={styles.top}>
        <nav aria-label={say('campaigns.steps')}>
          <ol className={styles.steps}>
            {steps.map((one, index) => {
              const words = (
                <>
                  <span className={styles.number}>{index + 1}</span>
                  <span className={styles.words}>{say(`campaigns.step.${one}`)}</span>
                </>
              );
              return (
                <li
                  key={one}
                  data-past={index < present || undefined}
                  data-present={index === present || undefined}
                >
                  {fixed ? (
                    <span className={styles.step} aria-current={one === step ? 'step' : undefined}>
                      {words}
                    </span>
                  ) : (
                    <Link className={styles.step} to={stepAddress(one, campaignId)}>
                      {words}
                    </Link>
                  )}
                </li>
              );
            })}
          </ol>
        </nav>
        {children}
      </div>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      <p className={styles.sentence}>{say(`campaigns.stepWords.${step}`)}</p>
    </header>
  );
}
