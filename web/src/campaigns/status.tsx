import type { CampaignStatus } from '../generated/graphql';
import { useText } from '../i18n/text';
import { StateChip } from '../ui/state-chip';
import type { Tone } from '../ui/state-chip';

export const statuses: CampaignStatus[] = [
  'DRAFT',
  'SCHEDULED',
  'ACTIVE',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
];

const tones: Record<CampaignStatus, Tone> = {
  DRAFT: 'quiet',
  SCHEDULED: 'waiting',
  ACTIVE: 'busy',
  PAUSED: 'waiting',
  COMPLETED: 'good',
  CANCELLED: 'quiet',
  FAILED: 'bad',
};

/** A campaign's status by word and colour. */
export function StatusChip({ status }: { status: CampaignStatus }) {
  const say = useText();
  return (
    <StateChip tone={tones[status]} status={status}>
      {say('campaigns.status', { status })}
    </StateChip>
  );
}
