-- What webhooks told about a template, so that late and repeated ones do not undo later news.
-- The times of the latest event of each kind are by WhatsApp's clock; changed_at is when the last one was stored, by ours.
ALTER TABLE templates
  ADD COLUMN status_at timestamptz,
  ADD COLUMN quality_at timestamptz,
  ADD COLUMN category_at timestamptz,
  ADD COLUMN components_at timestamptz,
  ADD COLUMN changed_at timestamptz;
-- serves: storeTemplateChange
CREATE INDEX templates_account_name ON templates (waba_id, name, language);
-- serves: campaignsOfTemplate; a handful of rows
CREATE INDEX campaigns_running_template ON campaigns (template_id) WHERE status = 'ACTIVE';
