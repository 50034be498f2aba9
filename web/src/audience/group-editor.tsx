import { Button, CloseButton, NativeSelect } from '@mantine/core';
import '@mantine/core/styles/CloseButton.layer.css';
import { useRef, useState } from 'react';
import type { ContactKind } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { ConditionRow } from './condition-row';
import { kindsWithin } from './problem';
import { condition, group as newGroup, replaceRow } from './tree';
import type { Group, GroupMode, Row } from './tree';

/** Groups within groups beyond this are hard to read, and the API takes six levels. */
const deepestGroup = 3;

interface Props {
  group: Group;
  kinds: readonly ContactKind[];
  /** 0 for the two groups of the builder itself: they cannot be removed. */
  level: number;
  change: (group: Group) => void;
  remove?: () => void;
  autoFocus?: boolean;
}

/** The rows of a group, and what adds to them. Of the builder's own groups `none` is what is left out. */
export function GroupEditor({ group, kinds: outer, level, change, remove, autoFocus }: Props) {
  const say = useText();
  const { mode, rows } = group;
  const kinds = kindsWithin(group, outer);
  const [added, setAdded] = useState<string>();
  const addButton = useRef<HTMLButtonElement>(null);
  const leavesOut = level === 0 && mode === 'none';
  const modes: GroupMode[] = level === 0 ? ['all', 'any'] : ['all', 'any', 'none'];

  const add = (row: Row) => {
    setAdded(row.id);
    change({ ...group, rows: [...rows, row] });
  };
  const drop = (id: string) => {
    change(replaceRow(group, id));
    addButton.current?.focus();
  };

  return (
    <div
      className={level > 0 ? `${styles.group} ${styles.nested}` : styles.group}
      {...(level > 0 && { role: 'group', 'aria-label': say('audience.group', { mode }) })}
    >
      {!leavesOut && (level > 0 || rows.length > 1) && (
        <div className={styles.groupHead}>
          <NativeSelect
            aria-label={say('audience.match')}
            value={mode}
            autoFocus={autoFocus}
            onChange={({ currentTarget }) => change({ ...group, mode: currentTarget.value as GroupMode })}
          >
            {modes.map((one) => (
              <option key={one} value={one}>
                {say('audience.mode', { mode: one })}
              </option>
            ))}
          </NativeSelect>
          {remove && <CloseButton aria-label={say('audience.removeGroup')} onClick={remove} />}
        </div>
      )}
      {leavesOut && rows.length > 0 && <p className="muted">{say('audience.leftOutAny')}</p>}
      {rows.length === 0 && (
        <p className="muted">
          {leavesOut ? say('audience.nobodyLeftOut') : say('audience.noFilter', { level })}
        </p>
      )}
      {rows.map((row, index) => {
        const put = (next: Row) => change(replaceRow(group, row.id, next));
        if (row.type === 'condition')
          return (
            <ConditionRow
              key={row.id}
              condition={row}
              number={index + 1}
              kinds={kinds}
              change={put}
              remove={() => drop(row.id)}
              autoFocus={row.id === added}
            />
          );
        if (row.type === 'group')
          return (
            <GroupEditor
              key={row.id}
              group={row}
              kinds={kinds}
              level={level + 1}
              change={put}
              remove={() => drop(row.id)}
              autoFocus={row.id === added}
            />
          );
        return (
          <div
            key={row.id}
            className={styles.kept}
            role="group"
            aria-label={say('audience.condition', { number: index + 1 })}
          >
            <div>
              <p>{say('audience.kept')}</p>
              <code>{JSON.stringify(row.filter)}</code>
            </div>
            <CloseButton
              aria-label={say('audience.remove', { number: index + 1 })}
              onClick={() => drop(row.id)}
            />
          </div>
        );
      })}
      <div className={styles.add}>
        <Button ref={addButton} onClick={() => add(condition())}>
          {leavesOut
            ? say('audience.leaveOutMore')
            : level === 0
              ? say('audience.addFilter')
              : say('audience.addToGroup')}
        </Button>
        {level < deepestGroup && (
          <Button variant="subtle" onClick={() => add(newGroup('any', [condition()]))}>
            {leavesOut
              ? say('audience.leaveOutGroup')
              : level === 0
                ? say('audience.addGroup')
                : say('audience.addInnerGroup')}
          </Button>
        )}
      </div>
    </div>
  );
}
