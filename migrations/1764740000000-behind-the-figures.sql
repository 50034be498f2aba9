-- What is behind the figures of a campaign: its recipients to page through, failures by code, replies, retries, and what
-- people and the system did to it.
SET LOCAL statement_timeout = 0;

-- When the person was skipped.
ALTER TABLE campaign_recipients ADD COLUMN skipped_at timestamptz;
-- serves: Campaign.recipients with a search (the start of the name). Names do not change while sending: HOT updates stay
-- possible.
CREATE INDEX campaign_recipients_name ON campaign_recipients (campaign_id, lower(name) text_pattern_ops);

-- What occurs among each 256 recipients (seq 1…256 are block 0): a bit for each status, reaction and error code
-- (campaigns/recipients/blocks.ts). Bits are only added, by the statement that moves the recipients and only if they are
-- new, so that a set of statuses writes nothing here once the first have come. A page of few among a million recipients
-- reads only the blocks that may have some. A block without a row may have anything.
CREATE TABLE campaign_recipient_blocks (
  campaign_id uuid NOT NULL,
  block integer NOT NULL,
  seen bigint NOT NULL DEFAULT 0,
  CONSTRAINT campaign_recipient_blocks_pkey PRIMARY KEY (campaign_id, block)
) WITH (fillfactor = 70);
INSERT INTO campaign_recipient_blocks (campaign_id, block, seen)
SELECT campaign_id, (seq - 1) / 256, bit_or(
  CASE status WHEN 'UNCONFIRMED' THEN 1 WHEN 'SENT' THEN 2 WHEN 'DELIVERED' THEN 4 WHEN 'READ' THEN 8
    WHEN 'FAILED' THEN 16 WHEN 'SKIPPED' THEN 32 WHEN 'EXCLUDED' THEN 64 ELSE 0 END::bigint
  | CASE WHEN clicked_at IS NOT NULL THEN 128 ELSE 0 END | CASE WHEN converted_at IS NOT NULL THEN 256 ELSE 0 END
  | CASE WHEN replied_at IS NOT NULL THEN 512 ELSE 0 END
  | CASE WHEN status = 'FAILED' THEN 1::bigint << (16 + (coalesce(error_code, 0) & 2147483647) % 46) ELSE 0 END)
FROM campaign_recipients GROUP BY 1, 2;

-- How many recipients are FAILED with each code, -1 for none; their sum is failed_count. Moved only by the statement that
-- moves the recipients.
CREATE TABLE campaign_failures (
  campaign_id uuid NOT NULL,
  code integer NOT NULL,
  -- Without a check: an upsert that takes away would be checked before it is added up.
  count integer NOT NULL,
  CONSTRAINT campaign_failures_pkey PRIMARY KEY (campaign_id, code)
) WITH (fillfactor = 50);
INSERT INTO campaign_failures (campaign_id, code, count)
SELECT r.campaign_id, coalesce(r.error_code, -1), count(*)
FROM campaigns c JOIN campaign_recipients r ON r.campaign_id = c.id
WHERE c.failed_count > 0 AND r.status = 'FAILED' GROUP BY 1, 2;

-- Recipients who went back to the queue after an attempt: what had happened, which the row does not tell any more.
CREATE TABLE recipient_retries (
  campaign_id uuid NOT NULL,
  seq integer NOT NULL,
  at timestamptz NOT NULL,
  -- If it had failed for good before: when.
  failed_at timestamptz,
  error_code integer,
  error_text text,
  CONSTRAINT recipient_retries_pkey PRIMARY KEY (campaign_id, seq, at)
);

-- People who answered.
ALTER TABLE campaigns ADD COLUMN replied_count integer NOT NULL DEFAULT 0
  CONSTRAINT campaigns_replied_count_check CHECK (replied_count >= 0);
-- Each minute has one row, which every set of statuses updates: with room in the page the updates stay in place (HOT).
ALTER TABLE campaign_stats_minutes SET (fillfactor = 50);
ALTER TABLE campaign_stats_minutes ADD COLUMN replied integer NOT NULL DEFAULT 0;
WITH replied AS (
  SELECT campaign_id, date_trunc('minute', replied_at) AS minute, count(*)::int AS people
  FROM campaign_recipients WHERE replied_at IS NOT NULL GROUP BY 1, 2
), minutes AS (
  INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, replied) SELECT campaign_id, minute, people FROM replied
  ON CONFLICT (campaign_id, minute) DO UPDATE SET replied = excluded.replied
)
UPDATE campaigns c SET replied_count = r.people
FROM (SELECT campaign_id, sum(people)::int AS people FROM replied GROUP BY 1) r WHERE c.id = r.campaign_id;

-- The campaign whose recipients this one goes to.
ALTER TABLE campaigns ADD COLUMN parent_campaign_id uuid
  CONSTRAINT campaigns_parent_fk REFERENCES campaigns (id) ON DELETE SET NULL;
-- serves: Campaign.children
CREATE INDEX campaigns_parent ON campaigns (parent_campaign_id, created_at) WHERE parent_campaign_id IS NOT NULL;

-- What people and the system did to a campaign, for good; written with the change. Without an actor it was the system.
CREATE TABLE campaign_history (
  id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT campaign_history_pkey PRIMARY KEY,
  campaign_id uuid NOT NULL CONSTRAINT campaign_history_campaign_fk REFERENCES campaigns (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  action text NOT NULL CONSTRAINT campaign_history_action_check CHECK (action IN ('SCHEDULED', 'UNSCHEDULED', 'STARTED',
    'PAUSED', 'RESUMED', 'RETRIED', 'RESENT', 'REOPENED', 'COMPLETED', 'CANCELLED', 'FAILED')),
  actor text,
  reason text
);
-- serves: Campaign.history
CREATE INDEX campaign_history_campaign ON campaign_history (campaign_id, id);

-- Segments whose people do not change: made from the recipients of a campaign.
ALTER TABLE segments ADD COLUMN fixed boolean NOT NULL DEFAULT false;
CREATE TABLE segment_members (
  segment_id uuid NOT NULL CONSTRAINT segment_members_segment_fk REFERENCES segments (id) ON DELETE CASCADE,
  contact_kind text NOT NULL CONSTRAINT segment_members_contact_kind_check CHECK (contact_kind IN ('LEAD', 'CUSTOMER')),
  -- No foreign key: it may be in either table. A member who was deleted matches nobody.
  contact_id uuid NOT NULL,
  CONSTRAINT segment_members_pkey PRIMARY KEY (segment_id, contact_kind, contact_id)
);
-- serves: eraseContact
CREATE INDEX segment_members_contact ON segment_members (contact_id);
