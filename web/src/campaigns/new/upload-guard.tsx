import { useBlocker } from '@tanstack/react-router';
import { useText } from '../../i18n/text';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { addressOf } from './steps';

interface Props {
  /** The names of the files that are being uploaded. */
  running: readonly string[];
  campaignId: string | undefined;
}

/** Asks before the wizard is left while a file is being uploaded: leaving stops it. The steps can be changed meanwhile. */
export function UploadGuard({ running, campaignId }: Props) {
  const say = useText();
  const uploading = running.length > 0;
  const leaving = useBlocker({
    shouldBlockFn: ({ next }) => {
      const to = addressOf(next.pathname.replace('/campaigns/', ''));
      // A new campaign gets its own address when it is stored.
      const stays = to !== undefined && (campaignId === undefined || to.campaignId === campaignId);
      return uploading && !stays;
    },
    enableBeforeUnload: () => uploading,
    withResolver: true,
  });
  return (
    leaving.status === 'blocked' && (
      <ConfirmDialog
        title={say('campaigns.leaveUpload', { name: running.join(', ') })}
        yes={say('campaigns.leaveUploadYes')}
        no={say('campaigns.leaveUploadNo')}
        danger
        confirm={leaving.proceed}
        dismiss={leaving.reset}
      >
        <p>{say('campaigns.leaveUploadWords')}</p>
      </ConfirmDialog>
    )
  );
}
