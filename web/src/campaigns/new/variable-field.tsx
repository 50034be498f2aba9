import { TextInput } from '@mantine/core';
import { zoneName } from '../../format/time';
import { useBusiness } from '../../frame/business';
import { useText } from '../../i18n/text';
import { MediaField } from './media-field';
import styles from './message.module.css';
import type { Person } from './placeholders';
import { ProductField } from './product-field';
import { ValueField } from './value-field';
import type { Values } from './values';
import { isMedia, labelOf } from './variables';
import type { Variable } from './variables';

/** Of the fields that take the values of a template. */
export interface FieldProps {
  variable: Variable;
  values: Values;
  /** Called with what has changed. */
  change: (part: Values) => void;
}

/** The field that takes a value, by its kind. */
export function VariableField({
  people,
  isEverybody,
  uploadName,
  ...props
}: FieldProps & { people: readonly Person[]; isEverybody: boolean; uploadName: string }) {
  const { variable } = props;
  const { kind } = variable;
  if (isMedia(variable)) return <MediaField {...props} uploadName={uploadName} />;
  if (kind === 'PRODUCT' || kind === 'PRODUCTS') return <ProductField {...props} />;
  if (kind === 'LOCATION') return <LocationField {...props} />;
  if (kind === 'EXPIRES_AT') return <MomentField {...props} />;
  return <ValueField {...props} people={people} isEverybody={isEverybody} />;
}

function MomentField({ variable, values, change }: FieldProps) {
  const say = useText();
  const { timezone } = useBusiness();
  return (
    <TextInput
      className={styles.short}
      type="datetime-local"
      label={labelOf(say, variable)}
      description={say('campaigns.zone', { name: zoneName(timezone), zone: timezone })}
      value={values[variable.key] ?? ''}
      onChange={({ currentTarget }) => change({ [variable.key]: currentTarget.value })}
    />
  );
}

const places = ['name', 'address', 'latitude', 'longitude'] as const;

function LocationField({ variable, values, change }: FieldProps) {
  const say = useText();
  return (
    <fieldset className={styles.place}>
      <legend>{labelOf(say, variable)}</legend>
      {places.map((part) => {
        const key = `${variable.key}.${part}`;
        return (
          <TextInput
            key={part}
            label={say('campaigns.place', { part })}
            inputMode={part === 'latitude' || part === 'longitude' ? 'decimal' : undefined}
            autoComplete="off"
            value={values[key] ?? ''}
            onChange={({ currentTarget }) => change({ [key]: currentTarget.value })}
          />
        );
      })}
    </fieldset>
  );
}
