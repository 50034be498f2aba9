-- Media: images, videos and documents that are kept here, and the ids under which WhatsApp has them.
SET LOCAL statement_timeout = 0;

CREATE TABLE media (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT media_business_fk REFERENCES businesses,
  -- as its bytes say, e.g. image/jpeg
  type text NOT NULL,
  bytes integer NOT NULL CONSTRAINT media_bytes_check CHECK (bytes > 0),
  -- 64 hexadecimal digits
  sha256 text NOT NULL,
  content bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- serves: storeMedia (the same file again is the same media)
CREATE UNIQUE INDEX media_business_sha256 ON media (business_id, sha256, type);
-- images and videos are compressed already
ALTER TABLE media ALTER COLUMN content SET STORAGE EXTERNAL;

-- One upload to WhatsApp for each number. A row with a lease and without an id is being uploaded by some process.
CREATE TABLE media_uploads (
  sender_id uuid NOT NULL CONSTRAINT media_uploads_sender_fk REFERENCES senders,
  media_id uuid NOT NULL CONSTRAINT media_uploads_media_fk REFERENCES media ON DELETE CASCADE,
  whatsapp_id text,
  -- until then campaigns may use the id: some time before WhatsApp forgets it
  usable_until timestamptz,
  leased_until timestamptz,
  PRIMARY KEY (sender_id, media_id)
);

ALTER TABLE campaigns
  -- What the campaign found at the addresses of its media: the id of the media kept here, or null if it goes by link.
  ADD COLUMN fetched_media jsonb NOT NULL DEFAULT '{}',
  -- What people should know of the campaign, in sentences.
  ADD COLUMN notices text[] NOT NULL DEFAULT '{}',
  -- The media of a message, if it was given by its id.
  ADD COLUMN media_id uuid CONSTRAINT campaigns_media_fk REFERENCES media;
