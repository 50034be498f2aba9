-- Imports: a file is received whole (by the api), then its rows are written in sets (by any worker).
ALTER TABLE imports DROP CONSTRAINT imports_kind_check,
  ADD CONSTRAINT imports_kind_check CHECK (kind IN ('LEADS', 'CUSTOMERS', 'OPTOUTS')),
  ADD COLUMN file_name text,
  ADD COLUMN created_rows integer NOT NULL DEFAULT 0,
  ADD COLUMN updated_rows integer NOT NULL DEFAULT 0,
  ADD CONSTRAINT imports_changed_rows_check
    CHECK (created_rows >= 0 AND updated_rows >= 0 AND created_rows + updated_rows <= imported_rows),
  ADD COLUMN bytes_read bigint NOT NULL DEFAULT 0,
  ADD COLUMN bytes_total bigint,
  ADD COLUMN ignored_columns text[] NOT NULL DEFAULT '{}',
  ADD COLUMN reason text,
  ADD COLUMN layout jsonb NOT NULL DEFAULT '{}',
  ADD COLUMN alive_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN received_at timestamptz,
  ADD COLUMN position bigint NOT NULL DEFAULT 0,
  ADD COLUMN line integer NOT NULL DEFAULT 1,
  ADD COLUMN claim_number integer NOT NULL DEFAULT 0,
  ADD COLUMN claimed_at timestamptz,
  ADD COLUMN claimed_until timestamptz,
  ADD COLUMN tries integer NOT NULL DEFAULT 0;
-- No process runs an import of before: there was none that could.
UPDATE imports SET status = 'FAILED', reason = 'The import was never received', completed_at = now() WHERE status = 'RUNNING';
-- serves: workers that look for an import to go on with, and for uploads that broke off
CREATE INDEX imports_running ON imports (claimed_at) WHERE status = 'RUNNING';

-- The file as UTF-8, whatever its own encoding, in pieces that end between two characters; deleted at the end of the
-- import. starts_at: where the piece begins, counted in UTF-16 units from the beginning of the file, which is how the
-- program that reads it counts. source_end: how many bytes of the file as it was sent are read when the piece is.
CREATE TABLE import_chunks (
  import_id uuid NOT NULL CONSTRAINT import_chunks_import_fk REFERENCES imports (id) ON DELETE CASCADE,
  starts_at bigint NOT NULL,
  units integer NOT NULL,
  source_end bigint NOT NULL,
  bytes bytea NOT NULL,
  CONSTRAINT import_chunks_pkey PRIMARY KEY (import_id, starts_at)
);
-- Compressing costs more than writing the bytes, which are read once and deleted.
ALTER TABLE import_chunks ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- The rows of a file that were not imported. cells: as in the file, so that they can be given back to be mended.
CREATE TABLE import_errors (
  import_id uuid NOT NULL CONSTRAINT import_errors_import_fk REFERENCES imports (id) ON DELETE CASCADE,
  line integer NOT NULL,
  column_name text,
  value text,
  reason text NOT NULL,
  cells text[] NOT NULL,
  CONSTRAINT import_errors_pkey PRIMARY KEY (import_id, line)
);

-- Checking the key costs a third of the time of writing a contact (PostgreSQL locks the business's row once for each), and
-- protects from nothing: businesses are never deleted, and their ids come from rows that were just read.
ALTER TABLE leads ALTER CONSTRAINT leads_business_fk NOT ENFORCED;
ALTER TABLE customers ALTER CONSTRAINT customers_business_fk NOT ENFORCED;
