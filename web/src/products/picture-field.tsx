import { Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { useText } from '../i18n/text';
import { FileButton } from '../media/file-button';
import type { FileChoice } from '../media/use-file-choice';
import { Picture } from './picture';
import type { PictureFrom, ProductErrors, ProductValues } from './product-values';
import styles from './products.module.css';

interface Props {
  values: ProductValues;
  errors: ProductErrors;
  change: (part: Partial<ProductValues>) => void;
  choice: FileChoice;
}

const ways: readonly PictureFrom[] = ['upload', 'address', 'none'];

/** The picture: a file, with a preview, an address, or none. The limits are said before. */
export function PictureField({ values, errors, change, choice }: Props) {
  const say = useText();
  const { pictureFrom, mediaId, fileName, imageUrl, name } = values;
  return (
    <div className={styles.pictureField}>
      <Radio.Group
        label={say('products.picture')}
        description={say('products.pictureWords')}
        value={pictureFrom}
        onChange={(chosen) => change({ pictureFrom: ways.find((way) => way === chosen) ?? 'none' })}
      >
        <div className={styles.radios}>
          {ways.map((way) => (
            <Radio key={way} value={way} label={say(`products.from.${way}`)} />
          ))}
        </div>
      </Radio.Group>
      {pictureFrom === 'upload' && (
        <div className={styles.upload}>
          <Picture mediaId={mediaId} alt={name} large />
          <FileButton
            kind="IMAGE"
            choice={choice}
            label={say('products.file')}
            limits={say('products.limits')}
            has={mediaId !== null}
            fileName={fileName}
            wrong={errors.mediaId}
          />
        </div>
      )}
      {pictureFrom === 'address' && (
        <TextInput
          label={say('products.address')}
          description={say('products.addressWords')}
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          value={imageUrl}
          error={errors.imageUrl}
          onChange={({ currentTarget }) => change({ imageUrl: currentTarget.value })}
        />
      )}
    </div>
  );
}
