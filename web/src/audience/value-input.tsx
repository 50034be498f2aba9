import { MultiSelect, TextInput } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useText } from '../i18n/text';
import styles from './audience.module.css';
import { CampaignInput } from './campaign-input';
import { ChipsInput } from './chips-input';
import { fields, valuesOf } from './fields';
import { optionWords } from './option-words';
import { SegmentInput } from './segment-input';
import type { ValueProps } from './value-props';

/** The control that takes the value of a condition, by the type of its field. */
export function ValueInput(props: ValueProps) {
  const say = useText();
  const { condition, change } = props;
  const { field, operator } = condition;
  const { value, options } = fields[field];
  if (valuesOf(operator) === 'none') return null;
  if (value === 'segment') return <SegmentInput {...props} />;
  if (value === 'campaign') return <CampaignInput {...props} />;
  if (options)
    return (
      <MultiSelect
        aria-label={say('audience.value')}
        placeholder={condition.values.length === 0 ? say('audience.chooseValues') : undefined}
        data={options.map((name) => ({ value: name, label: optionWords(field, name, say) }))}
        value={condition.values.map(String)}
        maxValues={operator === 'eq' ? 1 : undefined}
        searchable
        hidePickedOptions
        selectFirstOptionOnChange
        nothingFoundMessage={say('audience.noOption')}
        onChange={(values) => change({ ...condition, values })}
      />
    );
  if (valuesOf(operator) === 'many')
    return (
      <ChipsInput
        label={say('audience.value')}
        placeholder={say('audience.chips')}
        values={condition.values}
        pending={condition.pending}
        change={(values, pending) => change({ ...condition, values, pending })}
      />
    );
  if (valuesOf(operator) === 'two') return <RangeInput {...props} />;
  return <OneInput {...props} index={0} label={say('audience.value')} />;
}

function RangeInput(props: ValueProps) {
  const say = useText();
  return (
    <div className={styles.range}>
      <OneInput {...props} index={0} label={say('audience.from')} />
      <span className="muted">{say('audience.to')}</span>
      <OneInput {...props} index={1} label={say('audience.upTo')} />
    </div>
  );
}

function OneInput({ condition, change, wrong, index, label }: ValueProps & { index: number; label: string }) {
  const { value } = fields[condition.field];
  const number = value === 'whole' || value === 'amount';
  return (
    <TextInput
      aria-label={label}
      className={number ? styles.number : undefined}
      inputMode={value === 'whole' ? 'numeric' : value === 'amount' ? 'decimal' : undefined}
      autoComplete="off"
      value={String(condition.values[index] ?? '')}
      error={wrong}
      onChange={({ currentTarget }) => {
        const values = [condition.values[0] ?? '', condition.values[1] ?? ''].slice(
          0,
          valuesOf(condition.operator) === 'two' ? 2 : 1,
        );
        values[index] = currentTarget.value;
        change({ ...condition, values });
      }}
    />
  );
}
