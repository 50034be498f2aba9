-- Which quick replies a person has said to be opt-outs: [{index, text, optsOut}]. NULL while nobody has decided; then
-- the words of the buttons suggest it.
ALTER TABLE templates ADD COLUMN opt_out_choice jsonb;

-- What was wrong with WhatsApp's description of the template itself (no name, an unknown parameter format …), in words.
-- Such a template is kept and shown, and never sent.
ALTER TABLE templates ADD COLUMN problem text;

ALTER TABLE templates ADD COLUMN rejected_reason text;
ALTER TABLE templates ADD COLUMN quality text
  CONSTRAINT templates_quality_check CHECK (quality IN ('GREEN', 'YELLOW', 'RED', 'UNKNOWN'));
