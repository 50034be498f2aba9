import { CampaignStatus } from './campaign.types';

/** What people and the engine do to a campaign. */
export type CampaignAction = 'send' | 'pause' | 'resume' | 'cancel' | 'complete' | 'retry';

const { DRAFT, SCHEDULED, ACTIVE, PAUSED, COMPLETED, CANCELLED } = CampaignStatus;

/** Where each action leads, by where the campaign is. What is not here is refused. Pure. */
const transitions: Record<CampaignAction, Partial<Record<CampaignStatus, CampaignStatus>>> = {
  send: { [DRAFT]: ACTIVE, [SCHEDULED]: ACTIVE },
  pause: { [ACTIVE]: PAUSED },
  resume: { [PAUSED]: ACTIVE },
  cancel: { [DRAFT]: CANCELLED, [SCHEDULED]: CANCELLED, [ACTIVE]: CANCELLED, [PAUSED]: CANCELLED },
  complete: { [ACTIVE]: COMPLETED },
  retry: { [COMPLETED]: ACTIVE, [ACTIVE]: ACTIVE },
};

/** The status that an action leads to; undefined when the campaign is not in a state for it. */
export function after(action: CampaignAction, status: CampaignStatus): CampaignStatus | undefined {
  return transitions[action][status];
}
