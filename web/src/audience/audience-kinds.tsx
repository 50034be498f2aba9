import { Radio } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import type { AudienceType, ContactKind } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './audience.module.css';

/** Leads, customers, or both: what a filter can choose from. */
export type FilteredType = Extract<AudienceType, 'LEADS' | 'CUSTOMERS' | 'ALL'>;

/** Those that are chosen by conditions. */
export const filteredTypes: readonly FilteredType[] = ['LEADS', 'CUSTOMERS', 'ALL'];
const kinds: Readonly<Record<FilteredType, readonly ContactKind[]>> = {
  LEADS: ['LEAD'],
  CUSTOMERS: ['CUSTOMER'],
  ALL: ['LEAD', 'CUSTOMER'],
};

/** The kinds of contact that an audience can have. */
export function kindsOf(type: AudienceType): readonly ContactKind[] {
  return kinds[filteredTypes.find((one) => one === type) ?? 'ALL'];
}

interface Props<T extends AudienceType> {
  /** What is offered. */
  types: readonly T[];
  value: T;
  onChange: (value: T) => void;
}

/** The radios `Leads`, `Customers`, `Everybody`, and others where they are offered. */
export function AudienceKinds<T extends AudienceType>({ types, value, onChange }: Props<T>) {
  const say = useText();
  return (
    <Radio.Group
      label={say('audience.who')}
      value={value}
      onChange={(chosen) => onChange(types.find((type) => type === chosen) ?? value)}
    >
      <div className={styles.radios}>
        {types.map((type) => (
          <Radio key={type} value={type} label={say(`audience.type.${type}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}
