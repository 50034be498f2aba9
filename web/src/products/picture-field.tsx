import { Radio, TextInput } from '@mantine/core';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { useId } from 'react';
import { useText } from '../i18n/text';
import { Picture } from './picture';
import type { PictureFrom, ProductErrors, ProductValues } from './product-values';
import styles from './products.module.css';
import { pictureTypes } from './upload';

interface Props {
  values: ProductValues;
  errors: ProductErrors;
  change: (part: Partial<ProductValues>) => void;
}

const ways: readonly PictureFrom[] = ['upload', 'address', 'none'];

/** The picture: a file, with a preview, an address, or none. The limits are said before. */
export function PictureField({ values, errors, change }: Props) {
  const say = useText();
  const id = useId();
  const { pictureFrom, file, mediaId, imageUrl, name } = values;
  const has = file !== undefined || mediaId !== null;
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
          <Picture mediaId={mediaId} file={errors.file === undefined ? file : undefined} alt={name} large />
          <div className={styles.uploadWords}>
            <p id={`${id}-limits`} className="muted small">
              {say('products.limits')}
            </p>
            {file && <p className={styles.fileName}>{file.name}</p>}
            <span className={styles.fileButton}>
              <input
                id={id}
                type="file"
                accept={pictureTypes.join(',')}
                aria-label={say('products.file')}
                aria-describedby={`${id}-limits ${id}-error`}
                aria-invalid={errors.file !== undefined}
                // Otherwise choosing the same file again, mended meanwhile, would change nothing.
                onClick={({ currentTarget }) => (currentTarget.value = '')}
                onChange={({ currentTarget }) => {
                  const [chosen] = currentTarget.files ?? [];
                  if (chosen) change({ file: chosen });
                }}
              />
              <span aria-hidden="true">{say(has ? 'products.chooseAnother' : 'products.choose')}</span>
            </span>
            <p id={`${id}-error`} className={styles.fileError} role="alert">
              {errors.file}
            </p>
          </div>
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
