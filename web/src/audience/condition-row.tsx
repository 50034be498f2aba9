import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { ContactKind } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { fieldNames, fields, rareOperators, valuesOf } from './fields';
import { problemOf } from './problem';
import { condition as newCondition } from './tree';
import type { Condition, FieldName, Operator } from './tree';
import { ValueInput } from './value-input';

interface Props {
  condition: Condition;
  /** Its place in the group, from 1. */
  number: number;
  kinds: readonly ContactKind[];
  change: (condition: Condition) => void;
  remove: () => void;
  autoFocus: boolean;
}

/** Field, operator and value of one condition, and what it lacks. */
export function ConditionRow({ condition, number, kinds, change, remove, autoFocus }: Props) {
  const say = useText();
  const problemId = useId();
  const { field, operator } = condition;
  const problem = problemOf(condition, kinds);
  const lacking = problem !== undefined && lacks.has(problem);
  const described = problem === undefined ? undefined : problemId;

  const chooseField = (next: FieldName | '') =>
    change({
      ...newCondition({ field: next, operator: next === '' ? 'in' : fields[next].operators[0] }),
      id: condition.id,
    });
  const chooseOperator = (next: Operator) => {
    const room = { none: 0, one: 1, two: 2, many: Infinity }[valuesOf(next)];
    change({ ...condition, operator: next, pending: '', values: condition.values.slice(0, room) });
  };
  const operators = field === '' ? [] : fields[field].operators;
  const offered = rareOperators.includes(operator) ? [...operators, operator] : operators;

  return (
    <div
      className={styles.condition}
      role="group"
      aria-label={say('audience.condition', { number })}
      aria-describedby={described}
    >
      <div className={styles.parts}>
        <NativeSelect
          aria-label={say('audience.field')}
          value={field}
          autoFocus={autoFocus}
          onChange={({ currentTarget }) => chooseField(currentTarget.value as FieldName | '')}
        >
          {field === '' && <option value="">{say('audience.chooseField')}</option>}
          <FieldOptions kinds={kinds} chosen={field} />
        </NativeSelect>
        {field === 'attribute' && (
          <TextInput
            aria-label={say('audience.attributeName')}
            placeholder={say('audience.attributeName')}
            value={condition.name}
            maxLength={100}
            onChange={({ currentTarget }) => change({ ...condition, name: currentTarget.value })}
          />
        )}
        {field !== '' && offered.length > 1 && (
          <NativeSelect
            aria-label={say('audience.operator')}
            value={operator}
            onChange={({ currentTarget }) => chooseOperator(currentTarget.value as Operator)}
          >
            {offered.map((one) => (
              <option key={one} value={one}>
                {say(`audience.operator.${one}`, { field })}
              </option>
            ))}
          </NativeSelect>
        )}
        {field !== '' && (
          <ValueInput
            condition={{ ...condition, field }}
            change={change}
            wrong={problem !== undefined && !lacking}
          />
        )}
      </div>
      <CloseButton
        className={styles.remove}
        aria-label={say('audience.remove', { number })}
        onClick={remove}
      />
      {problem && (
        <p id={problemId} className={lacking ? styles.problem : `${styles.problem} ${styles.wrong}`}>
          {say(`audience.problem.${problem}`)}
        </p>
      )}
    </div>
  );
}

/** Not wrong, only not yet there. */
const lacks = new Set(['field', 'name', 'value', 'segment', 'campaign']);

/** The fields that the audience has, those of one kind under its name; the chosen one even if it is of neither. */
function FieldOptions({ kinds, chosen }: { kinds: readonly ContactKind[]; chosen: FieldName | '' }) {
  const say = useText();
  const offered = fieldNames.filter((name) => {
    const { of } = fields[name];
    if (name === chosen) return true;
    return name === 'kind' ? kinds.length > 1 : of === undefined || kinds.includes(of);
  });
  const groups = [undefined, 'LEAD', 'CUSTOMER'] as const;
  return groups.map((kind) => {
    const options = offered
      .filter((name) => fields[name].of === kind)
      .map((name) => (
        <option key={name} value={name}>
          {say(`audience.field.${name}`)}
        </option>
      ));
    if (options.length === 0) return null;
    return (
      <optgroup key={kind ?? 'both'} label={say('audience.fieldsOf', { kind: kind ?? 'both' })}>
        {options}
      </optgroup>
    );
  });
}
