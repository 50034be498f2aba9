-- Schedules: campaigns that start by themselves, hours in which they may be sent, and deadlines.
SET LOCAL statement_timeout = 0;

ALTER TABLE campaigns
  -- As it was set (campaigns/schedule/schedule.ts); kept after the start, NULL for a campaign that has none.
  ADD COLUMN schedule jsonb,
  -- When a SCHEDULED campaign is looked at next, at the latest when it is to start.
  ADD COLUMN due_at timestamptz,
  -- From then on nobody is sent to.
  ADD COLUMN deadline_at timestamptz;
-- serves: takeDue (campaigns whose time has come); a handful of rows
CREATE INDEX campaigns_due ON campaigns (due_at) WHERE status = 'SCHEDULED';
-- serves: skipPastDeadline; a handful of rows
CREATE INDEX campaigns_deadline ON campaigns (deadline_at)
  WHERE deadline_at IS NOT NULL AND status IN ('ACTIVE', 'PAUSED');

-- The opening of the window that is now or next: outside of it nobody is claimed. NULL: no limit.
ALTER TABLE campaign_feeds ADD COLUMN opens_at timestamptz, ADD COLUMN closes_at timestamptz;

-- Why a recipient of the total was not sent to in the end.
ALTER TABLE campaign_recipients ADD COLUMN skipped_reason text CONSTRAINT campaign_recipients_skipped_reason_check
  CHECK (skipped_reason IN ('OPTED_OUT', 'CANCELLED', 'DEADLINE'));
UPDATE campaign_recipients r
SET skipped_reason = CASE WHEN r.error_message IS NULL THEN 'CANCELLED' ELSE 'OPTED_OUT' END
FROM campaigns c WHERE c.skipped_count > 0 AND r.campaign_id = c.id AND r.status = 'SKIPPED';
