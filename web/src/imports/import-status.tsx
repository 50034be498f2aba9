import type { ImportStatus } from '../generated/graphql';
import { useText } from '../i18n/text';
import { StateChip } from '../ui/state-chip';
import type { Tone } from '../ui/state-chip';

const tones: Record<ImportStatus, Tone> = {
  RUNNING: 'busy',
  COMPLETED: 'good',
  CANCELLED: 'quiet',
  FAILED: 'bad',
};

/** An import's status by word and colour. */
export function ImportStatusChip({ status }: { status: ImportStatus }) {
  const say = useText();
  return (
    <StateChip tone={tones[status]} status={status}>
      {say('imports.status', { status })}
    </StateChip>
  );
}
