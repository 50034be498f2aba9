-- Refusals by the pair limit (131056) count by themselves: throttling and outages, which claim anew too, are nobody's tries.
ALTER TABLE campaign_recipients ADD COLUMN pair_tries smallint NOT NULL DEFAULT 0;
