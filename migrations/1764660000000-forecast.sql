-- What a campaign will cost and how long it will take, and the most that it may cost.
ALTER TABLE campaigns
  -- In the currency of the rate card; NULL: no limit.
  ADD COLUMN max_cost numeric(18, 6) CONSTRAINT campaigns_max_cost_check CHECK (max_cost > 0);

-- The last recipient (by seq) to whom max_cost allows to send; NULL: no limit. open_until is never after it.
ALTER TABLE campaign_feeds ADD COLUMN affordable_until integer;

ALTER TABLE senders
  -- People whom the number may write to in 24 hours outside a service window, as WhatsApp said; NULL: unknown or unlimited.
  ADD COLUMN messaging_limit integer CONSTRAINT senders_messaging_limit_check CHECK (messaging_limit > 0),
  -- When WhatsApp was asked for it; NULL: never.
  ADD COLUMN messaging_limit_read_at timestamptz;
