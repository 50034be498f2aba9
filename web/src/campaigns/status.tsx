import type { CampaignStatus } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './status.module.css';

export const statuses: CampaignStatus[] = [
  'DRAFT',
  'SCHEDULED',
  'ACTIVE',
  'PAUSED',
  'COMPLETED',
  'CANCELLED',
  'FAILED',
];

/** A campaign's status by word and colour. */
export function StatusChip({ status }: { status: CampaignStatus }) {
  const say = useText();
  return (
    <span className={styles.chip} data-status={status}>
      {say('campaigns.status', { status })}
    </span>
  );
}
