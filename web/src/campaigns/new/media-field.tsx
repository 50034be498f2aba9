import { useQuery } from '@apollo/client/react';
import { NativeSelect, TextInput } from '@mantine/core';
import { useBusiness } from '../../frame/business';
import { WizardProductsDocument } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { isAddress } from './draft';
import type { Draft } from './draft';
import styles from './message.module.css';
import type { Variable } from './variables';

interface Props {
  kind: Variable['kind'];
  draft: Draft;
  change: (part: Partial<Draft>) => void;
}

/** The picture, video or document of the header: by its address, or the picture of a product. */
export function MediaField({ kind, draft: { values, productId }, change }: Props) {
  const say = useText();
  const { id: businessId } = useBusiness();
  const { data } = useQuery(WizardProductsDocument, { variables: { businessId }, skip: kind !== 'IMAGE' });
  const products = (data?.products ?? []).filter(({ imageUrl }) => imageUrl !== null);
  const address = values.header ?? '';
  return (
    <div className={styles.valueRow}>
      <TextInput
        label={say('campaigns.variable.media', { kind })}
        description={say('campaigns.mediaWords')}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        value={address}
        error={address.trim() !== '' && !isAddress(address) ? say('campaigns.blocker.address') : undefined}
        onChange={({ currentTarget }) =>
          change({ values: { ...values, header: currentTarget.value }, productId: null })
        }
      />
      {products.length > 0 && (
        <NativeSelect
          className={styles.from}
          aria-label={say('campaigns.ofProduct')}
          value={productId ?? ''}
          onChange={({ currentTarget }) =>
            change({
              productId: currentTarget.value || null,
              ...(currentTarget.value && { values: { ...values, header: '' } }),
            })
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
