-- The whole first schema. Statuses and kinds are text with a CHECK: readable in psql, changed by a migration.

CREATE TABLE businesses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  timezone text NOT NULL,
  default_country text NOT NULL CONSTRAINT businesses_default_country_check CHECK (default_country ~ '^[A-Z]{2}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);

-- A sender is a WhatsApp number. The access token is AES-256-GCM ciphertext; no API reads it.
CREATE TABLE senders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT senders_business_fk REFERENCES businesses (id),
  phone_number_id text NOT NULL,
  waba_id text NOT NULL,
  display_phone_number text NOT NULL,
  access_token_encrypted text NOT NULL,
  messages_per_second integer NOT NULL DEFAULT 10
    CONSTRAINT senders_messages_per_second_check CHECK (messages_per_second BETWEEN 1 AND 1000),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- serves: senders of a business; one row per number and business
CREATE UNIQUE INDEX senders_business_phone_number ON senders (business_id, phone_number_id);
-- serves: the webhook, which names the number (optOut)
CREATE INDEX senders_phone_number ON senders (phone_number_id);

-- phone is what the business gave us; phone_e164 what we made of it, NULL when it can't be a phone number.
CREATE TABLE leads (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT leads_business_fk REFERENCES businesses (id),
  name text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  phone_e164 text,
  email text,
  status text NOT NULL DEFAULT 'NEW'
    CONSTRAINT leads_status_check CHECK (status IN ('NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED', 'LOST')),
  quality text CONSTRAINT leads_quality_check CHECK (quality IN ('HOT', 'WARM', 'COLD')),
  tags text[] NOT NULL DEFAULT '{}',
  city text,
  state text,
  assigned_user_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- serves: previewAudience and materialise (all of a business, grouped by phone)
CREATE INDEX leads_business_phone ON leads (business_id, phone_e164);

CREATE TABLE customers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT customers_business_fk REFERENCES businesses (id),
  name text NOT NULL DEFAULT '',
  phone text NOT NULL DEFAULT '',
  phone_e164 text,
  email text,
  engagement_score integer NOT NULL DEFAULT 0
    CONSTRAINT customers_engagement_score_check CHECK (engagement_score >= 0),
  total_spent numeric(14, 2) NOT NULL DEFAULT 0 CONSTRAINT customers_total_spent_check CHECK (total_spent >= 0),
  total_orders integer NOT NULL DEFAULT 0 CONSTRAINT customers_total_orders_check CHECK (total_orders >= 0),
  last_order_at timestamptz,
  tags text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
-- serves: previewAudience and materialise
CREATE INDEX customers_business_phone ON customers (business_id, phone_e164);

CREATE TABLE segments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT segments_business_fk REFERENCES businesses (id),
  name text NOT NULL,
  audience_type text NOT NULL
    CONSTRAINT segments_audience_type_check CHECK (audience_type IN ('ALL', 'LEADS', 'CUSTOMERS')),
  audience_filter jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now()
);
-- serves: segments of a business; names are unique in it
CREATE UNIQUE INDEX segments_business_name ON segments (business_id, name);

-- Opt-outs: this person wants nothing more from this business.
CREATE TABLE suppressions (
  business_id uuid NOT NULL CONSTRAINT suppressions_business_fk REFERENCES businesses (id),
  phone text NOT NULL,
  reason text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT suppressions_pkey PRIMARY KEY (business_id, phone)
);

CREATE TABLE products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT products_business_fk REFERENCES businesses (id),
  name text NOT NULL,
  image_url text,
  price numeric(14, 2) CONSTRAINT products_price_check CHECK (price >= 0),
  currency text CONSTRAINT products_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);
-- serves: products of a business
CREATE INDEX products_business ON products (business_id, name);

-- The library: what WhatsApp says of a template, by name and language within an account (WABA).
CREATE TABLE templates (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT templates_business_fk REFERENCES businesses (id),
  waba_id text NOT NULL,
  whatsapp_id text NOT NULL,
  name text NOT NULL,
  language text NOT NULL,
  category text NOT NULL,
  status text NOT NULL,
  parameter_format text NOT NULL DEFAULT 'POSITIONAL'
    CONSTRAINT templates_parameter_format_check CHECK (parameter_format IN ('POSITIONAL', 'NAMED')),
  components jsonb NOT NULL,
  synced_at timestamptz NOT NULL DEFAULT now()
);
-- serves: templates of a business, the look-up by name, syncTemplates' upsert
CREATE UNIQUE INDEX templates_business_name ON templates (business_id, waba_id, name, language);

CREATE TABLE campaigns (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT campaigns_business_fk REFERENCES businesses (id),
  campaign_name text NOT NULL,
  campaign_type text NOT NULL CONSTRAINT campaigns_campaign_type_check
    CHECK (campaign_type IN ('PROMOTIONAL', 'ANNOUNCEMENT', 'TRANSACTIONAL', 'REMINDER', 'FEEDBACK')),
  channel text NOT NULL CONSTRAINT campaigns_channel_check CHECK (channel IN ('WHATSAPP')),
  status text NOT NULL DEFAULT 'DRAFT' CONSTRAINT campaigns_status_check
    CHECK (status IN ('DRAFT', 'SCHEDULED', 'ACTIVE', 'PAUSED', 'COMPLETED', 'CANCELLED', 'FAILED')),
  status_reason text,
  sender_id uuid NOT NULL CONSTRAINT campaigns_sender_fk REFERENCES senders (id),

  -- what is sent
  template_id uuid CONSTRAINT campaigns_template_fk REFERENCES templates (id),
  whatsapp_template_name text,
  whatsapp_template_language text,
  template_parameters text[] NOT NULL DEFAULT '{}',
  message_text text,
  media_url text,
  media_type text CONSTRAINT campaigns_media_type_check CHECK (media_type IN ('IMAGE', 'VIDEO', 'DOCUMENT')),
  product_id uuid CONSTRAINT campaigns_product_fk REFERENCES products (id),
  link_url text,
  -- link_id finds the campaign of a click token, link_key makes and checks the tokens (campaigns/link.ts)
  link_id bytea NOT NULL,
  link_key bytea NOT NULL,

  -- to whom
  audience_type text NOT NULL CONSTRAINT campaigns_audience_type_check
    CHECK (audience_type IN ('ALL', 'LEADS', 'CUSTOMERS', 'SEGMENT', 'CUSTOM')),
  audience_filter jsonb NOT NULL DEFAULT '{}',
  segment_id uuid CONSTRAINT campaigns_segment_fk REFERENCES segments (id),
  custom_recipients jsonb,
  on_unconfirmed text NOT NULL DEFAULT 'HOLD'
    CONSTRAINT campaigns_on_unconfirmed_check CHECK (on_unconfirmed IN ('HOLD', 'RESEND')),

  -- the figures; moved only by the statement that moves the rows they count
  version integer NOT NULL DEFAULT 1,
  total_recipients integer NOT NULL DEFAULT 0,
  queued_count integer NOT NULL DEFAULT 0,
  sent_count integer NOT NULL DEFAULT 0,
  delivered_count integer NOT NULL DEFAULT 0,
  read_count integer NOT NULL DEFAULT 0,
  failed_count integer NOT NULL DEFAULT 0,
  skipped_count integer NOT NULL DEFAULT 0,
  unconfirmed_count integer NOT NULL DEFAULT 0,
  excluded_count integer NOT NULL DEFAULT 0,
  clicked_count integer NOT NULL DEFAULT 0,
  converted_count integer NOT NULL DEFAULT 0,
  opted_out_count integer NOT NULL DEFAULT 0,

  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  materialised_at timestamptz,
  completed_at timestamptz,
  updated_at timestamptz NOT NULL DEFAULT now(),

  CONSTRAINT campaigns_counts_not_negative CHECK (
    total_recipients >= 0 AND queued_count >= 0 AND sent_count >= 0 AND delivered_count >= 0 AND read_count >= 0
    AND failed_count >= 0 AND skipped_count >= 0 AND unconfirmed_count >= 0 AND excluded_count >= 0
    AND clicked_count >= 0 AND converted_count >= 0 AND opted_out_count >= 0
  ),
  -- the promise that sums add up, kept by the database itself
  CONSTRAINT campaigns_counts_add_up CHECK (
    queued_count + unconfirmed_count + sent_count + failed_count + skipped_count = total_recipients
    AND read_count <= delivered_count AND delivered_count <= sent_count
  )
);
-- serves: campaigns(businessId), newest first
CREATE INDEX campaigns_business_created ON campaigns (business_id, created_at DESC, id);
-- serves: openCampaign (a click token names its campaign by link_id)
CREATE UNIQUE INDEX campaigns_link_id ON campaigns (link_id);
-- serves: sweep (what should be moving); a handful of rows
CREATE INDEX campaigns_active ON campaigns (id) WHERE status = 'ACTIVE';

-- One row per person of a campaign: 1…N are sent to, the excluded come after.
-- No foreign key: checking it costs more than the insert of a million rows itself, and campaigns are never deleted.
-- No index on what the delivery changes, and room in each page: updates stay in place (HOT).
CREATE TABLE campaign_recipients (
  campaign_id uuid NOT NULL,
  seq integer NOT NULL,
  phone text NOT NULL,
  name text NOT NULL DEFAULT '',
  email text,
  contact_kind text NOT NULL CONSTRAINT campaign_recipients_contact_kind_check
    CHECK (contact_kind IN ('LEAD', 'CUSTOMER', 'CUSTOM')),
  contact_id uuid,
  excluded_reason text CONSTRAINT campaign_recipients_excluded_reason_check
    CHECK (excluded_reason IN ('DUPLICATE_PHONE', 'INVALID_PHONE', 'OPTED_OUT')),
  status text NOT NULL CONSTRAINT campaign_recipients_status_check CHECK (
    status IN ('QUEUED', 'SENDING', 'UNCONFIRMED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'SKIPPED', 'EXCLUDED')
    AND (status = 'EXCLUDED') = (excluded_reason IS NOT NULL)),
  -- claim_no rises with each claim and fences late writers; attempts counts only tries that used one up
  claim_no integer NOT NULL DEFAULT 0,
  attempts smallint NOT NULL DEFAULT 0,
  wamid text,
  error_code integer,
  error_message text,
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  clicked_at timestamptz,
  converted_at timestamptz,
  opted_out_at timestamptz,
  CONSTRAINT campaign_recipients_pkey PRIMARY KEY (campaign_id, seq)
) WITH (fillfactor = 70);
-- serves: one message per person; conversions by phone (recipientByPhone)
CREATE UNIQUE INDEX campaign_recipients_phone ON campaign_recipients (campaign_id, phone) WHERE excluded_reason IS NULL;

-- How far a campaign has been handed out: everybody with seq < next_seq was claimed at least once.
CREATE TABLE campaign_feeds (
  campaign_id uuid PRIMARY KEY,
  next_seq integer NOT NULL DEFAULT 1
);

-- Recipients being sent to: written in the transaction that claims, deleted in the one that settles.
-- An expired claim belongs to a worker that died; the sweep turns its SENDING recipients into UNCONFIRMED.
CREATE TABLE delivery_claims (
  id uuid PRIMARY KEY,
  campaign_id uuid NOT NULL,
  seqs integer[] NOT NULL,
  claim_nos integer[] NOT NULL,
  expires_at timestamptz NOT NULL
);

-- People who need another look at a time: RETRY is sent again, UNCONFIRMED is decided by the campaign's policy.
CREATE TABLE delivery_followups (
  campaign_id uuid NOT NULL,
  seq integer NOT NULL,
  kind text NOT NULL CONSTRAINT delivery_followups_kind_check CHECK (kind IN ('RETRY', 'UNCONFIRMED')),
  due_at timestamptz NOT NULL,
  CONSTRAINT delivery_followups_pkey PRIMARY KEY (campaign_id, seq)
);
-- serves: claimBatch (due retries) and sweep (due unconfirmed)
CREATE INDEX delivery_followups_due ON delivery_followups (campaign_id, kind, due_at);

-- The timeline: what moved in each minute, written with the counters.
CREATE TABLE campaign_stats_minutes (
  campaign_id uuid NOT NULL,
  minute timestamptz NOT NULL,
  sent integer NOT NULL DEFAULT 0,
  delivered integer NOT NULL DEFAULT 0,
  read integer NOT NULL DEFAULT 0,
  failed integer NOT NULL DEFAULT 0,
  clicked integer NOT NULL DEFAULT 0,
  converted integer NOT NULL DEFAULT 0,
  CONSTRAINT campaign_stats_minutes_pkey PRIMARY KEY (campaign_id, minute)
);

-- One row per opened link; the id travels to the shop as dakiya_click and comes back with the order.
-- No foreign key to campaigns, here and in conversions: checking it locks the row whose counters everybody moves.
CREATE TABLE clicks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT clicks_business_fk REFERENCES businesses (id),
  campaign_id uuid NOT NULL,
  seq integer NOT NULL,
  clicked_at timestamptz NOT NULL DEFAULT now()
);
-- serves: clicks of a campaign, by person
CREATE INDEX clicks_campaign ON clicks (campaign_id, seq);

CREATE TABLE conversions (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT conversions_business_fk REFERENCES businesses (id),
  order_id text NOT NULL,
  campaign_id uuid,
  seq integer,
  click_id uuid,
  phone text,
  value numeric(14, 2) CONSTRAINT conversions_value_check CHECK (value >= 0),
  currency text CONSTRAINT conversions_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
  occurred_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- serves: idempotency by order; an order counts once
CREATE UNIQUE INDEX conversions_business_order ON conversions (business_id, order_id);
-- serves: conversions of a campaign
CREATE INDEX conversions_campaign ON conversions (campaign_id, seq);

CREATE TABLE imports (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  business_id uuid NOT NULL CONSTRAINT imports_business_fk REFERENCES businesses (id),
  kind text NOT NULL CONSTRAINT imports_kind_check CHECK (kind IN ('LEADS', 'CUSTOMERS')),
  status text NOT NULL DEFAULT 'RUNNING'
    CONSTRAINT imports_status_check CHECK (status IN ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
  total_rows integer NOT NULL DEFAULT 0,
  imported_rows integer NOT NULL DEFAULT 0,
  failed_rows integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  completed_at timestamptz,
  CONSTRAINT imports_rows_check CHECK (imported_rows >= 0 AND failed_rows >= 0 AND imported_rows + failed_rows <= total_rows)
);
-- serves: imports of a business, newest first
CREATE INDEX imports_business ON imports (business_id, created_at DESC);
