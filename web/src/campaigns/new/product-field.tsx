import { useQuery } from '@apollo/client/react';
import { MultiSelect, Select } from '@mantine/core';
import '@mantine/core/styles/Combobox.layer.css';
import '@mantine/core/styles/Pill.layer.css';
import '@mantine/core/styles/PillsInput.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/ScrollArea.layer.css';
import { useBusiness } from '../../frame/business';
import { WizardProductsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import type { FieldProps } from './variable-field';
import { labelOf } from './variables';

/** One product of the WhatsApp catalogue, or several. */
export function ProductField({ variable, values, change }: FieldProps) {
  const say = useText();
  const { key, kind } = variable;
  const { id: businessId } = useBusiness();
  const { data, error, refetch } = useQuery(WizardProductsDocument, { variables: { businessId } });
  const value = values[key] ?? '';
  const shared = {
    label: labelOf(say, variable),
    description: say('campaigns.catalogueProducts'),
    data: (data?.products ?? [])
      .filter(({ retailerId }) => retailerId !== null)
      .map(({ id, name }) => ({ value: id, label: name })),
    searchable: true,
    selectFirstOptionOnChange: true,
    nothingFoundMessage: say(error ? 'products.failed' : 'campaigns.noProduct'),
    onDropdownOpen: () => error && void refetch().catch(() => undefined),
  };
  if (kind === 'PRODUCTS')
    return (
      <MultiSelect
        {...shared}
        maxValues={30}
        hidePickedOptions
        value={value.split(',').filter(Boolean)}
        onChange={(ids) => change({ [key]: ids.join(',') })}
      />
    );
  return (
    <Select
      {...shared}
      allowDeselect={false}
      value={value || null}
      onChange={(id) => change({ [key]: id ?? '' })}
    />
  );
}
