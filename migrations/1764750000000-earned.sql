-- What a campaign earned and cost: hits, links, revenue, refunds, holdout, replies, charges.
SET LOCAL statement_timeout = 0;

-- Amounts by currency, as {"INR": "499.50"}: the sum of two. As text, since JSON numbers lose decimals on their way.
CREATE FUNCTION add_amounts(a jsonb, b jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(jsonb_object_agg(key, amount::text), '{}') FROM (
    SELECT key, sum(value::numeric) AS amount
    FROM (SELECT * FROM jsonb_each_text(a) UNION ALL SELECT * FROM jsonb_each_text(b)) AS both_sums GROUP BY key) AS sums
$$;

ALTER TABLE campaigns
  ADD COLUMN IF NOT EXISTS replied_count integer NOT NULL DEFAULT 0,
  -- Visits of tracked links, by people and by programs; clicked_count counts people once.
  ADD COLUMN clicks integer NOT NULL DEFAULT 0,
  ADD COLUMN bot_clicks integer NOT NULL DEFAULT 0,
  -- Amounts by currency: orders less refunds; what WhatsApp charges.
  ADD COLUMN revenue jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN cost jsonb NOT NULL DEFAULT '{}',
  -- {"source": "whatsapp", …}; NULL: none.
  ADD COLUMN utm jsonb,
  -- Percent of the people who could be sent to; 0: nobody is held out.
  ADD COLUMN holdout_percent numeric(5, 2) NOT NULL DEFAULT 0
    CONSTRAINT campaigns_holdout_percent_check CHECK (holdout_percent BETWEEN 0 AND 90),
  ADD COLUMN holdout_size integer NOT NULL DEFAULT 0,
  -- People held out who ordered all the same.
  ADD COLUMN holdout_converted integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT campaigns_earned_not_negative CHECK (replied_count >= 0 AND clicks >= 0 AND bot_clicks >= 0
    AND holdout_size >= 0 AND holdout_converted >= 0);

ALTER TABLE campaign_recipients
  ADD COLUMN IF NOT EXISTS replied_at timestamptz,
  -- A bit for each link of the message that the person opened, by its place.
  ADD COLUMN clicked_links integer NOT NULL DEFAULT 0,
  -- What WhatsApp charges for the messages to the person, by claim: {"1": ["0.0118", "USD"]}. NULL: nothing is known yet.
  ADD COLUMN charges jsonb,
  -- Of a person held out: when an order was counted that the campaign would have been given.
  ADD COLUMN holdout_converted_at timestamptz;

ALTER TABLE campaign_stats_minutes ADD COLUMN IF NOT EXISTS replied integer NOT NULL DEFAULT 0;

ALTER TABLE clicks
  -- Place of the link in the message, from 0.
  ADD COLUMN link smallint NOT NULL DEFAULT 0,
  -- A preview, a crawler or another program, and no person.
  ADD COLUMN bot boolean NOT NULL DEFAULT false;

-- The clicks of a campaign by link; written with the counters.
CREATE TABLE campaign_link_clicks (
  campaign_id uuid NOT NULL,
  link smallint NOT NULL,
  people integer NOT NULL DEFAULT 0,
  clicks integer NOT NULL DEFAULT 0,
  bot_clicks integer NOT NULL DEFAULT 0,
  CONSTRAINT campaign_link_clicks_pkey PRIMARY KEY (campaign_id, link)
);

ALTER TABLE conversions
  -- The order whose money this gives back; NULL: this is an order.
  ADD COLUMN refund_of text,
  -- The held-out person whose order this is.
  ADD COLUMN holdout_campaign_id uuid,
  ADD COLUMN holdout_seq integer;
-- serves: refunds of an order
CREATE INDEX conversions_refunds ON conversions (business_id, refund_of) WHERE refund_of IS NOT NULL;

UPDATE campaign_recipients SET clicked_links = 1 WHERE clicked_at IS NOT NULL;

INSERT INTO campaign_link_clicks (campaign_id, link, people, clicks)
SELECT k.campaign_id, 0, count(DISTINCT k.seq) FILTER (WHERE r.clicked_at IS NOT NULL), count(*)
FROM clicks k LEFT JOIN campaign_recipients r USING (campaign_id, seq) GROUP BY k.campaign_id;
UPDATE campaigns c SET clicks = l.clicks FROM campaign_link_clicks l WHERE l.campaign_id = c.id;

-- an amount without a currency is counted as XXX, which is ISO 4217's code for none
UPDATE campaigns c SET revenue = o.revenue FROM (
  SELECT campaign_id, jsonb_object_agg(currency, value::text) AS revenue FROM (
    SELECT campaign_id, coalesce(currency, 'XXX') AS currency, sum(value) AS value FROM conversions
    WHERE campaign_id IS NOT NULL AND value IS NOT NULL GROUP BY 1, 2) AS sums
  GROUP BY campaign_id) AS o
WHERE o.campaign_id = c.id;

UPDATE campaigns c SET replied_count = r.people FROM (
  SELECT campaign_id, count(*) AS people FROM campaign_recipients WHERE replied_at IS NOT NULL GROUP BY 1) AS r
WHERE r.campaign_id = c.id;
INSERT INTO campaign_stats_minutes AS m (campaign_id, minute, replied)
SELECT campaign_id, date_trunc('minute', replied_at), count(*) FROM campaign_recipients
WHERE replied_at IS NOT NULL GROUP BY 1, 2
ON CONFLICT (campaign_id, minute) DO UPDATE SET replied = excluded.replied;
