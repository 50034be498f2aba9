import { useEffect, useState } from 'react';
import type { AudienceFilterInput, ContactKind } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { fromFilter } from './from-filter';
import { GroupEditor } from './group-editor';
import { incompleteIn, kindsWithin } from './problem';
import { conditionCount, deepest, depthOf, mostConditions, toFilter } from './to-filter';
import type { Audience } from './tree';

interface Props {
  /** Whom the audience is chosen from: it decides which fields are offered. */
  kinds: readonly ContactKind[];
  value: AudienceFilterInput;
  /** The rows to begin with, if `value` was made of them: those that are not complete are among them. */
  rows?: Audience;
  /**
   * Called with a filter of what is complete.
   * @param incomplete how many conditions are shown and not in the filter; with any, do not save it
   * @param rows all rows as they are shown
   */
  onChange: (value: AudienceFilterInput, incomplete: number, rows: Audience) => void;
}

/** Chooses people by conditions, in groups within each other, and leaves some of them out. */
export function AudienceBuilder({ kinds, value, rows, onChange }: Props) {
  const say = useText();
  const [state, setState] = useState(() => shown(value, kinds, rows));
  let { audience } = state;
  const now = JSON.stringify(value);
  if (state.value !== now) {
    const answered = state.sent.indexOf(now);
    // Another filter than one made of these rows was put in: its rows are shown instead.
    const next =
      answered < 0 ? shown(value, kinds) : { ...state, value: now, sent: state.sent.slice(answered + 1) };
    setState(next);
    audience = next.audience;
  }

  const change = (next: Audience) => {
    const filter = toFilter(next, kinds);
    const text = JSON.stringify(filter);
    setState({ ...state, audience: next, sent: text === now ? [] : [...state.sent, text] });
    onChange(filter, incompleteOf(next, kinds), next);
  };
  // With other kinds the same rows mean another filter.
  const chosen = kinds.join();
  const [meant, setMeant] = useState(chosen);
  useEffect(() => {
    if (meant === chosen) return;
    setMeant(chosen);
    change(audience);
  });

  const within = kindsWithin(audience.include, kinds);
  const filter = toFilter(audience, kinds);
  return (
    <div className={styles.builder}>
      <GroupEditor
        group={audience.include}
        kinds={kinds}
        level={0}
        change={(include) => change({ ...audience, include })}
      />
      <section className={styles.leaveOut} aria-label={say('audience.leaveOut')}>
        <h2 className={styles.heading}>{say('audience.leaveOut')}</h2>
        <GroupEditor
          group={audience.leaveOut}
          kinds={within}
          level={0}
          change={(leaveOut) => change({ ...audience, leaveOut })}
        />
      </section>
      {depthOf(filter) > deepest && (
        <p className={styles.wrong} role="alert">
          {say('audience.tooDeep')}
        </p>
      )}
      {conditionCount(filter) > mostConditions && (
        <p className={styles.wrong} role="alert">
          {say('audience.tooMany', { most: mostConditions, count: conditionCount(filter) })}
        </p>
      )}
    </div>
  );
}

interface State {
  audience: Audience;
  /** The filter that was put in last, as JSON. */
  value: string;
  /** Filters given to `onChange` that have not been put in yet: a page may take its time. */
  sent: readonly string[];
}

function shown(value: AudienceFilterInput, kinds: readonly ContactKind[], rows?: Audience): State {
  return { audience: rows ?? fromFilter(value, kinds), value: JSON.stringify(value), sent: [] };
}

function incompleteOf({ include, leaveOut }: Audience, kinds: readonly ContactKind[]): number {
  return incompleteIn(include, kinds) + incompleteIn(leaveOut, kindsWithin(include, kinds));
}
