import { CampaignStatus } from '../campaign';

/** What people and the system do to a campaign, as its history tells it. */
export enum HistoryAction {
  SCHEDULED = 'SCHEDULED',
  UNSCHEDULED = 'UNSCHEDULED',
  STARTED = 'STARTED',
  PAUSED = 'PAUSED',
  RESUMED = 'RESUMED',
  RETRIED = 'RETRIED',
  RESENT = 'RESENT',
  REOPENED = 'REOPENED',
  COMPLETED = 'COMPLETED',
  CANCELLED = 'CANCELLED',
  FAILED = 'FAILED',
}

const { DRAFT, SCHEDULED, ACTIVE, PAUSED } = CampaignStatus;

/**
 * SQL: the action that a change of the status is; null where the status stays (the audience of a campaign was
 * stored), and where a completed campaign becomes active again, which whoever asks for it tells (`RETRIED`, `RESENT`).
 * @param was SQL: the status before
 * @param is SQL: the status now
 */
export function historyAction(was: string, is: string): string {
  return `CASE WHEN ${was} = '${PAUSED}' AND ${is} = '${PAUSED}' THEN NULL
    WHEN ${is} = '${ACTIVE}' THEN CASE ${was} WHEN '${DRAFT}' THEN 'STARTED' WHEN '${SCHEDULED}' THEN 'STARTED' WHEN '${PAUSED}' THEN 'RESUMED' END
    WHEN ${is} = '${DRAFT}' THEN 'UNSCHEDULED' ELSE ${is} END`;
}
