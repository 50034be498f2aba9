-- Drafts that are written step by step.
-- given_content: the fields of the input that say what is sent, as they were given, so that a change can keep those that it
-- leaves out. NULL for campaigns of before: what they were given is in their columns.
-- exclude_filter: contacts to leave out, in the form of a filter; kept apart, so that a page can show it apart.
-- incomplete: the draft may lack things that a campaign needs before it can be sent (Campaign.missing).
-- audience_fixed_at: when the recipients of a draft were stored, before the start; NULL: they are selected at the start.
-- idempotency_key: given by whoever creates campaigns, so that a repeated request creates none twice.
ALTER TABLE campaigns
  ADD COLUMN given_content jsonb,
  ADD COLUMN exclude_filter jsonb,
  ADD COLUMN incomplete boolean NOT NULL DEFAULT false,
  ADD COLUMN audience_fixed_at timestamptz,
  ADD COLUMN idempotency_key text;
-- serves: createCampaign with an idempotencyKey, also when two requests with it come at once
CREATE UNIQUE INDEX campaigns_idempotency_key ON campaigns (business_id, idempotency_key) WHERE idempotency_key IS NOT NULL;
