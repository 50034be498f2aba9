-- What a campaign gives its template, by the keys of the template's variables (header, body.1, button.0 ...). It holds all
-- kinds of values; template_parameters and media_url go on saying what the guide's fields say of them.
SET LOCAL statement_timeout = 0;

ALTER TABLE campaigns ADD COLUMN template_values jsonb NOT NULL DEFAULT '{}';
-- Meta's catalogue that has the product, and the product's id in it.
ALTER TABLE products ADD COLUMN catalog_id text, ADD COLUMN retailer_id text;

-- Values stored so far belonged to a place: the variables of the header, of the body, then the buttons. A button whose
-- address ends in /r/{{1}} is mostly a tracked one, which takes no value; where the number of values says so, it takes one.
WITH part AS (
  SELECT t.id, c.value AS component, upper(c.value->>'type') AS type
  FROM templates t CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(t.components) WHEN 'array' THEN t.components ELSE '[]' END) c
  WHERE EXISTS (SELECT FROM campaigns WHERE template_id = t.id)
), word AS (
  SELECT p.id, p.type, m.match[1] AS name, min(m.at) AS at
  FROM part p CROSS JOIN LATERAL
    regexp_matches(p.component->>'text', '\{\{\s*(\w+)\s*\}\}', 'g') WITH ORDINALITY AS m(match, at)
  WHERE p.type = 'BODY' OR (p.type = 'HEADER' AND upper(p.component->>'format') = 'TEXT')
  GROUP BY p.id, p.type, m.match[1]
), numbered AS (
  SELECT *, bool_and(name ~ '^\d+$') OVER (PARTITION BY id, type) AS by_number FROM word
), slot AS (
  SELECT id, lower(type) || '.' || name AS key, 'TEXT' AS kind, CASE type WHEN 'HEADER' THEN 0 ELSE 1 END AS area,
    CASE WHEN by_number THEN name::numeric ELSE at END AS place, false AS tracked
  FROM numbered
  UNION ALL
  SELECT p.id, 'button.' || (b.at - 1), CASE upper(b.value->>'type') WHEN 'URL' THEN 'URL_SUFFIX' ELSE 'COUPON' END, 2, b.at,
    upper(b.value->>'type') = 'URL' AND b.value->>'url' ~ '/r/\{\{\s*\w+\s*\}\}$'
  FROM part p CROSS JOIN LATERAL jsonb_array_elements(
    CASE jsonb_typeof(p.component->'buttons') WHEN 'array' THEN p.component->'buttons' ELSE '[]' END) WITH ORDINALITY AS b(value, at)
  WHERE p.type = 'BUTTONS'
    AND (upper(b.value->>'type') = 'COPY_CODE' OR (upper(b.value->>'type') = 'URL' AND b.value->>'url' LIKE '%{{%'))
), place AS (
  SELECT id, key, kind, tracked, row_number() OVER (PARTITION BY id ORDER BY area, place) AS among_all,
    row_number() OVER (PARTITION BY id, tracked ORDER BY area, place) AS among_same,
    count(*) OVER (PARTITION BY id) AS slots
  FROM slot
), given AS (
  SELECT c.id, jsonb_object_agg(p.key, jsonb_build_object('kind', p.kind, 'value', v.value)) AS values
  FROM campaigns c CROSS JOIN LATERAL unnest(c.template_parameters) WITH ORDINALITY AS v(value, at)
    JOIN place p ON p.id = c.template_id AND CASE WHEN p.slots = cardinality(c.template_parameters)
      THEN p.among_all = v.at ELSE NOT p.tracked AND p.among_same = v.at END
  GROUP BY c.id
), header AS (
  SELECT c.id, jsonb_build_object('header',
    jsonb_build_object('kind', upper(p.component->>'format'), 'mediaUrl', c.media_url)) AS values
  FROM campaigns c JOIN part p ON p.id = c.template_id AND p.type = 'HEADER'
  WHERE c.media_url IS NOT NULL AND upper(p.component->>'format') IN ('IMAGE', 'VIDEO', 'DOCUMENT')
)
UPDATE campaigns c SET template_values = coalesce(h.values, '{}') || coalesce(g.values, '{}')
FROM campaigns one LEFT JOIN header h ON h.id = one.id LEFT JOIN given g ON g.id = one.id
WHERE c.id = one.id AND (h.id IS NOT NULL OR g.id IS NOT NULL);
