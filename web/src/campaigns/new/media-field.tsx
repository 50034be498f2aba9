import { useQuery } from '@apollo/client/react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useBusiness } from '../../frame/business';
import { WizardProductsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { isAddress } from './address';
import styles from './message.module.css';
import type { FieldProps } from './variable-field';
import { labelOf } from './variables';

/** A picture, video or document: by its address, or the picture of a product. */
export function MediaField({ variable, values, change }: FieldProps) {
  const say = useText();
  const { key, kind } = variable;
  const { id: businessId } = useBusiness();
  const { data } = useQuery(WizardProductsDocument, { variables: { businessId }, skip: kind !== 'IMAGE' });
  const products = (data?.products ?? []).filter(
    ({ imageUrl, mediaId }) => imageUrl !== null || mediaId !== null,
  );
  const address = values[key] ?? '';
  return (
    <div className={styles.valueRow}>
      <TextInput
        label={labelOf(say, variable)}
        description={say('campaigns.mediaWords')}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        value={address}
        error={address.trim() !== '' && !isAddress(address) ? say('campaigns.blocker.address') : undefined}
        onChange={({ currentTarget }) => change({ [key]: currentTarget.value, [`${key}.product`]: '' })}
      />
      {kind === 'DOCUMENT' && (
        <TextInput
          className={styles.from}
          aria-label={say('campaigns.fileName')}
          placeholder={say('campaigns.fileName')}
          maxLength={240}
          autoComplete="off"
          value={values[`${key}.fileName`] ?? ''}
          onChange={({ currentTarget }) => change({ [`${key}.fileName`]: currentTarget.value })}
        />
      )}
      {products.length > 0 && (
        <NativeSelect
          className={styles.from}
          aria-label={say('campaigns.ofProduct')}
          value={values[`${key}.product`] ?? ''}
          onChange={({ currentTarget }) =>
            change({ [`${key}.product`]: currentTarget.value, ...(currentTarget.value && { [key]: '' }) })
          }
        >
          <option value="">{say('campaigns.ofProduct')}</option>
          {products.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </div>
  );
}
