-- A claim's lease is short and renewed while its worker lives; what the worker began to post is marked before each post.

-- A batch of neighbours is rewritten twice within a second: with room for one whole new version of a page's rows, the
-- updates stay in place (HOT 62 % → 93 %).
ALTER TABLE campaign_recipients SET (fillfactor = 45);

-- How many people of a claim, in order, may have been posted: written before the posts, by the statement that also
-- proves the claim still held. Unlogged: no flush per mark, and after a crash of PostgreSQL the table is empty, which
-- the sweep reads as "anybody may have been posted". Never stale, at worst silent.
CREATE UNLOGGED TABLE delivery_begun (
  claim_id uuid CONSTRAINT delivery_begun_pkey PRIMARY KEY,
  begun integer NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

-- NULL while the claim is held; how many may have been posted once the sweep has closed it.
ALTER TABLE delivery_claims ADD COLUMN begun integer;

-- How far the feed may go: everybody, or only the canary until it has been decided.
ALTER TABLE campaign_feeds ADD COLUMN open_until integer;
UPDATE campaign_feeds f SET open_until = c.total_recipients FROM campaigns c WHERE c.id = f.campaign_id;
ALTER TABLE campaign_feeds ALTER COLUMN open_until SET NOT NULL;

-- A refusal of a message from before the last resume does not pause the campaign again.
ALTER TABLE campaigns ADD COLUMN resumed_at timestamptz;

-- A first slice, and what must not happen in it: {percent, minimum, waitMinutes, maxFailurePercent, maxOptOutPercent}.
ALTER TABLE campaigns ADD COLUMN canary jsonb;
-- People of the slice (seq 1…n), known once the audience is fixed, and how it stands.
ALTER TABLE campaigns ADD COLUMN canary_size integer;
ALTER TABLE campaigns ADD COLUMN canary_state text CONSTRAINT campaigns_canary_state_check
  CHECK (canary_state IN ('WAITING', 'PASSED', 'STOPPED', 'OVERRULED'));
