import { useMutation } from '@apollo/client/react';
import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { fieldError } from '../api/use-error-words';
import { AudienceBuilder } from '../audience/audience-builder';
import { AudienceCount } from '../audience/audience-count';
import { AudienceKinds, filteredTypes, kindsOf } from '../audience/audience-kinds';
import type { FilteredType } from '../audience/audience-kinds';
import { useBusiness } from '../frame/business';
import { CreateSegmentDocument, UpdateSegmentDocument } from '../generated/graphql';
import type { AudienceFilterInput, SegmentQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { useLeaveGuard } from '../ui/use-leave-guard';
import { DeleteSegment } from './delete-segment';
import styles from './segments.module.css';
import { useUsers } from './use-users';

interface Values {
  name: string;
  type: FilteredType;
  filter: AudienceFilterInput;
}

interface Props {
  start: Values;
  /** Left out for a new one. */
  segment?: SegmentQuery['segment'];
}

/** Name, people and conditions of a segment, with the count beside them. What is not saved is kept until it is. */
export function SegmentForm({ start, segment }: Props) {
  const say = useText();
  const users = useUsers();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const [values, setValues] = useState(start);
  const [saved, setSaved] = useState(start);
  const [incomplete, setIncomplete] = useState(0);
  const [create, creating] = useMutation(CreateSegmentDocument);
  const [update, updating] = useMutation(UpdateSegmentDocument);
  const nameInput = useRef<HTMLInputElement>(null);
  const changed = JSON.stringify(values) !== JSON.stringify(saved);
  const guard = useLeaveGuard(changed || incomplete > 0);
  const { name, type, filter } = values;
  const error = creating.error ?? updating.error;
  const refused = fieldError(error);

  const save = async () => {
    const input = { name: name.trim(), audienceType: type, filter };
    if (segment) {
      const { data } = await update({
        variables: { id: segment.id, input: segment.fixed ? { name: input.name } : input },
      });
      if (data) setSaved(values);
    } else {
      const { data } = await create({ variables: { input: { ...input, businessId } } });
      if (!data) return;
      guard.release();
      await navigate({ to: '/segments', search: ({ business }) => ({ business }) });
    }
  };
  const run = () => {
    save().catch((failure: unknown) => {
      // Shown by `error`; the input stays.
      if (fieldError(failure)?.field === 'input.name') nameInput.current?.focus();
    });
  };
  const reason =
    name.trim() === ''
      ? say('segments.needsName')
      : incomplete > 0
        ? say('segments.needsConditions', { count: incomplete })
        : segment && !changed
          ? say(updating.called && !updating.loading ? 'segments.saved' : 'segments.unchanged')
          : undefined;

  return (
    <>
      <PageHeader
        title={segment ? saved.name : say('segments.new')}
        sentence={
          segment && segment.usedBy.length > 0
            ? say(segment.fixed ? 'segments.usedByFixed' : 'segments.usedBySentence', {
                users: users(segment.usedBy),
              })
            : segment?.fixed
              ? undefined
              : say('segments.newSentence')
        }
        actions={
          <>
            {segment && <DeleteSegment segment={segment} deleted={guard.release} />}
            <Action variant="filled" reason={reason} busy={creating.loading || updating.loading} run={run}>
              {say('segments.save')}
            </Action>
          </>
        }
      />
      {error && <ErrorState title={say('segments.notSaved')} error={error} retry={run} />}
      <div className={styles.form}>
        <div className={styles.fields}>
          <TextInput
            ref={nameInput}
            label={say('segments.name')}
            maxLength={200}
            value={name}
            error={refused?.field === 'input.name' ? refused.message : undefined}
            onChange={({ currentTarget }) => setValues({ ...values, name: currentTarget.value })}
          />
          {segment?.fixed ? (
            <p>
              {say('segments.fixedWords', { count: segment.count })} {say('segments.fixedName')}
            </p>
          ) : (
            <>
              <AudienceKinds
                types={filteredTypes}
                value={type}
                onChange={(next) => setValues({ ...values, type: next })}
              />
              <AudienceBuilder
                kinds={kindsOf(type)}
                value={filter}
                onChange={(next, lacking) => {
                  setValues((before) => ({ ...before, filter: next }));
                  setIncomplete(lacking);
                }}
              />
            </>
          )}
        </div>
        {!segment?.fixed && (
          <div className={styles.count}>
            <AudienceCount audience={{ audienceType: type, filter }} incomplete={incomplete} />
          </div>
        )}
      </div>
      {guard.dialog}
    </>
  );
}
