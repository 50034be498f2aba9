import { Checkbox, Radio } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/Radio.layer.css';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { Check, useVerdict } from './check';
import { ColumnsTable } from './columns-table';
import { DropZone } from './drop-zone';
import { fieldsOf, isKind, kinds } from './kinds';
import type { Kind } from './kinds';
import styles from './new-import.module.css';
import { chosen, FileGone, isRefusal, lacksPhone } from './preview';
import type { Choices } from './preview';
import { SampleFile } from './sample-file';
import { StartBar } from './start-bar';
import { Step } from '../ui/step';
import { usePreview } from './use-preview';
import { useUpload } from './use-upload';

/** A file becomes contacts or opt-outs: everything on one screen, in the order in which it is decided. */
export function NewImportScreen() {
  const say = useText();
  if (useMay('MARKETER')) return <NewImport />;
  return (
    <>
      <PageHeader title={say('imports.newTitle')} />
      <EmptyState title={say('imports.mayNot')} action={<Link to="/imports">{say('imports.toList')}</Link>}>
        {say('imports.mayNotNext')}
      </EmptyState>
    </>
  );
}

function NewImport() {
  const say = useText();
  const navigate = useNavigate();
  const { kind: asked } = useSearch({ strict: false });
  const kind = isKind(asked) ? asked : 'leads';
  const [file, setFile] = useState<File>();
  const [mapping, setMapping] = useState<Choices['mapping']>({});
  const [keepOthers, setKeepOthers] = useState(true);
  const [onDuplicate, setOnDuplicate] = useState<Choices['onDuplicate']>('update');
  const choices: Choices = { kind, mapping, keepOthers, onDuplicate };
  const { preview, columns, problem, busy, retry } = usePreview(file, choices);
  const sending = useUpload(file, choices);
  const verdict = useVerdict();
  const locked = sending.sent !== undefined;

  const changeKind = (next: Kind) => {
    // What a person has chosen stays, as far as this kind has it.
    const fields: readonly string[] = fieldsOf[next];
    setMapping(
      Object.fromEntries(
        Object.entries(mapping).filter(([, field]) => field === null || fields.includes(field)),
      ),
    );
    void navigate({ to: '.', search: (before) => ({ ...before, kind: next }), replace: true });
  };
  const reason = !file
    ? say('imports.chooseFirst')
    : busy
      ? say('imports.checking')
      : problem !== undefined
        ? say(lacksPhone(problem) ? 'imports.phoneFirst' : 'imports.mendFirst')
        : preview?.rows === 0
          ? say('imports.noRows')
          : undefined;

  return (
    <>
      <PageHeader title={say('imports.newTitle')} sentence={say('imports.newSentence')} />
      <Step number={1} title={say('imports.stepFile')}>
        <Radio.Group
          value={kind}
          onChange={(value) => isKind(value) && changeKind(value)}
          label={say('imports.whatItHolds')}
          readOnly={locked}
        >
          <div className={styles.choices}>
            {kinds.map((name) => (
              <Radio key={name} value={name} label={say('imports.kind', { kind: name })} disabled={locked} />
            ))}
          </div>
        </Radio.Group>
        <DropZone
          file={file}
          disabled={locked}
          choose={(next) => {
            setFile(next);
            setMapping({});
            sending.forget();
          }}
        />
        {problem !== undefined && (
          <FileProblem problem={problem} retry={isRefusal(problem) ? undefined : retry} />
        )}
        <SampleFile kind={kind} />
      </Step>
      <Step number={2} title={say('imports.stepColumns')}>
        {columns ? (
          <>
            <p className={styles.hint}>{say('imports.columnsHint')}</p>
            <ColumnsTable
              columns={columns}
              choices={choices}
              choose={(header, choice) => setMapping(chosen(mapping, header, choice))}
              busy={busy}
              disabled={locked}
            />
          </>
        ) : file && busy ? (
          <SkeletonRows rows={4} />
        ) : (
          <p className={styles.hint}>{say('imports.columnsLater')}</p>
        )}
        {kind !== 'optouts' && (
          <Checkbox
            checked={keepOthers}
            disabled={locked}
            onChange={({ currentTarget }) => setKeepOthers(currentTarget.checked)}
            label={say('imports.keepOthers')}
            description={say('imports.keepOthersHint')}
          />
        )}
      </Step>
      <Step number={3} title={say('imports.stepCheck')}>
        {file && preview && problem === undefined ? (
          <Check key={`${file.name}${file.lastModified}`} file={file} preview={preview} busy={busy} />
        ) : (
          <p className={styles.hint}>
            {say(
              file === undefined
                ? 'imports.checkLater'
                : busy
                  ? 'imports.checking'
                  : 'imports.checkAfterMending',
            )}
          </p>
        )}
      </Step>
      <Step number={4} title={say('imports.stepImport')}>
        {kind !== 'optouts' && (
          <Radio.Group
            value={onDuplicate}
            onChange={(value) => setOnDuplicate(value === 'skip' ? 'skip' : 'update')}
            label={say('imports.onDuplicate')}
            readOnly={locked}
          >
            <div className={styles.choices}>
              <Radio value="update" label={say('imports.update')} disabled={locked} />
              <Radio value="skip" label={say('imports.skip')} disabled={locked} />
            </div>
          </Radio.Group>
        )}
        <p className={styles.hint}>{say('imports.startHint')}</p>
      </Step>
      <StartBar
        file={file}
        sending={sending}
        reason={reason}
        verdict={file && preview && verdict(file, preview)}
      />
    </>
  );
}

function FileProblem({ problem, retry }: { problem: unknown; retry: (() => void) | undefined }) {
  const say = useText();
  if (problem instanceof FileGone)
    return <ErrorState title={say('imports.fileGone')} error={problem} words={say('imports.fileGoneNext')} />;
  if (lacksPhone(problem))
    return <ErrorState title={say('imports.noPhone')} error={problem} words={say('imports.noPhoneNext')} />;
  return <ErrorState title={say('imports.refused')} error={problem} retry={retry} />;
}
