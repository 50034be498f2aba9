import { Button, FileButton, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@apollo/client/react';
import { size } from '../../format/size';
import { useBusiness } from '../../frame/business';
import { WizardProductsDocument } from '../../generated/graphql';
import { useLanguage } from '../../i18n/language';
import { useText } from '../../i18n/text';
import { acceptedFiles } from '../../media/kinds';
import type { MediaKind } from '../../media/kinds';
import { useFileChoice } from '../../media/use-file-choice';
import { Bar } from '../../ui/bar';
import { isAddress } from './address';
import { MediaIcon } from './icons';
import styles from './message.module.css';
import type { FieldProps } from './variable-field';
import { labelOf } from './variables';

type Props = FieldProps & {
  /** Tells its upload from those of other fields. */
  uploadName: string;
  /** Where people see the file name of a document; it can be changed. True unless said otherwise. */
  withFileName?: boolean;
};

/** A picture, video or document: uploaded, by its address, or the picture of a product. */
export function MediaField(props: Props) {
  const { variable, values, change, uploadName } = props;
  const { key, kind } = variable;
  const say = useText();
  const choice = useFileChoice(
    kind as MediaKind,
    (mediaId, { name }) =>
      change({ [key]: '', [`${key}.product`]: '', [`${key}.mediaId`]: mediaId, [`${key}.fileName`]: name }),
    uploadName,
  );
  const { sending, problem, choose } = choice;
  const label = labelOf(say, variable);
  const isKept = (values[`${key}.mediaId`] ?? '') !== '';
  return (
    <div className={styles.value}>
      {sending ? (
        <Sending label={label} {...sending} stop={choice.stop} />
      ) : isKept ? (
        <Kept {...props} label={label} />
      ) : (
        <Source {...props} label={label} choose={choose} />
      )}
      {problem !== undefined && (
        <p className={styles.wrong} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Sending({ label, file, sent, stop }: { label: string; file: File; sent: number; stop: () => void }) {
  const say = useText();
  const { locale } = useLanguage();
  return (
    <div className={styles.file} role="group" aria-label={label}>
      <span className={styles.fileLabel}>{label}</span>
      <span className={styles.fileName}>{file.name}</span>
      <span className="muted small">
        {say('campaigns.uploading', { sent: size(sent, locale), total: size(file.size, locale) })}
      </span>
      <Bar label={say('campaigns.uploadOf', { name: file.name })} part={sent} whole={file.size} />
      <Button onClick={stop}>{say('campaigns.stopUpload')}</Button>
    </div>
  );
}

/** A file that was uploaded. */
function Kept({
  variable,
  values,
  change,
  label,
  withFileName = true,
}: Omit<Props, 'uploadName'> & { label: string }) {
  const say = useText();
  const { key, kind } = variable;
  const name = values[`${key}.fileName`] ?? '';
  const remove = () => change({ [`${key}.mediaId`]: '', [`${key}.fileName`]: '' });
  return (
    <div className={styles.valueRow}>
      <div className={styles.file} role="group" aria-label={label}>
        <span className={styles.fileLabel}>{label}</span>
        <MediaIcon kind={kind} />
        <span className={styles.fileName}>{name || say('campaigns.uploaded')}</span>
        <Button onClick={remove}>
          <Words shown={say('campaigns.remove')} whole={say('campaigns.removeFile', { label })} />
        </Button>
      </div>
      {kind === 'DOCUMENT' && withFileName && (
        <FileName at={key} values={values} change={change} label={say('campaigns.fileName')} />
      )}
    </div>
  );
}

/** Where the media comes from. */
function Source({
  variable,
  values,
  change,
  label,
  choose,
  withFileName = true,
}: Omit<Props, 'uploadName'> & { label: string; choose: (file: File | null) => void }) {
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
        label={label}
        description={say('campaigns.mediaWords', { kind })}
        placeholder="https://"
        inputMode="url"
        autoComplete="off"
        value={address}
        error={address.trim() !== '' && !isAddress(address) ? say('campaigns.blocker.address') : undefined}
        onChange={({ currentTarget }) => change({ [key]: currentTarget.value, [`${key}.product`]: '' })}
      />
      <FileButton accept={acceptedFiles(kind as MediaKind)} onChange={choose}>
        {(button) => (
          <Button {...button}>
            <Words shown={say('campaigns.upload')} whole={say('campaigns.uploadFor', { label })} />
          </Button>
        )}
      </FileButton>
      {kind === 'DOCUMENT' && withFileName && <FileName at={key} values={values} change={change} />}
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

/** A button's short text, and the whole one for screen readers. An `aria-label` would name it like the field beside. */
function Words({ shown, whole }: { shown: string; whole: string }) {
  return (
    <>
      <span aria-hidden="true">{shown}</span>
      <span className="visually-hidden">{whole}</span>
    </>
  );
}

/** What people see a document called. Without a label above it the words stand inside, as those of the fields beside. */
function FileName({
  at,
  values,
  change,
  label,
}: Pick<FieldProps, 'values' | 'change'> & { at: string; label?: string }) {
  const say = useText();
  const name = say('campaigns.fileName');
  return (
    <TextInput
      className={styles.from}
      {...(label === undefined ? { 'aria-label': name, placeholder: name } : { label })}
      maxLength={240}
      autoComplete="off"
      value={values[`${at}.fileName`] ?? ''}
      onChange={({ currentTarget }) => change({ [`${at}.fileName`]: currentTarget.value })}
    />
  );
}
