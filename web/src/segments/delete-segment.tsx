import { useMutation } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DeleteSegmentDocument } from '../generated/graphql';
import type { SegmentQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';
import { useUsers } from './use-users';

/** Deletes a segment that nothing uses; of a used one it says by what. */
export function DeleteSegment({
  segment,
  deleted,
}: {
  segment: SegmentQuery['segment'];
  deleted: () => void;
}) {
  const say = useText();
  const users = useUsers();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [remove, { loading, error }] = useMutation(DeleteSegmentDocument, { variables: { id: segment.id } });
  const confirm = async () => {
    setAsking(false);
    const { data } = await remove();
    if (!data) return;
    deleted();
    await navigate({ to: '/segments', search: ({ business }) => ({ business }) });
  };
  return (
    <>
      {error && <ErrorState title={say('segments.notDeleted')} error={error} />}
      <Action
        color="red"
        busy={loading}
        reason={
          segment.usedBy.length > 0 ? say('segments.used', { users: users(segment.usedBy) }) : undefined
        }
        run={() => setAsking(true)}
      >
        {say('segments.delete')}
      </Action>
      {asking && (
        <ConfirmDialog
          title={say('segments.deleteAsk', { name: segment.name })}
          yes={say('segments.deleteYes')}
          no={say('segments.deleteNo')}
          danger
          confirm={() => void confirm().catch(() => undefined)} // shown by `error`
          dismiss={() => setAsking(false)}
        >
          {say('segments.deleteWords')}
        </ConfirmDialog>
      )}
    </>
  );
}
