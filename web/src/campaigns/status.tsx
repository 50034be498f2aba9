import type { CampaignStatus } from '../generated/graphql';

const names: Record<CampaignStatus, string> = {
  DRAFT: 'Draft',
  SCHEDULED: 'Scheduled',
  ACTIVE: 'Sending',
  PAUSED: 'Paused',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
  FAILED: 'Failed',
};

export function statusName(status: CampaignStatus): string {
  return names[status];
}

export function StatusChip({ status }: { status: CampaignStatus }) {
  return (
    <span className="chip" data-status={status}>
      {names[status]}
    </span>
  );
}
