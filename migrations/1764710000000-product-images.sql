-- The image of a product may be a file that is kept here, instead of an address.
ALTER TABLE products
  ADD COLUMN media_id uuid CONSTRAINT products_media_fk REFERENCES media,
  ADD CONSTRAINT products_one_image CHECK (image_url IS NULL OR media_id IS NULL);
-- serves: campaignsOfProduct
CREATE INDEX campaigns_product ON campaigns (product_id) WHERE product_id IS NOT NULL;
