import { Business } from './accounts/business.entity';
import { Sender } from './accounts/sender.entity';
import { Customer, Lead } from './audience/contacts/contact.entity';
import { Import } from './audience/import/import.entity';
import { Segment } from './audience/segments/segment.entity';
import { SuppressionChange } from './audience/opt-outs/suppression-change.entity';
import { Suppression } from './audience/opt-outs/suppression.entity';
import { Campaign } from './campaigns/campaign.entity';
import { CampaignRecipient } from './campaigns/recipient.entity';
import { Media } from './catalog/media/media.entity';
import { Product } from './catalog/products/product.entity';
import { Template } from './catalog/templates/template.entity';
import { Click, Conversion } from './tracking/tracking.entity';

/** Every entity, by name: the same list from src and from dist. */
export const entities = [
  Business,
  Sender,
  Lead,
  Customer,
  Segment,
  Suppression,
  SuppressionChange,
  Import,
  Media,
  Product,
  Template,
  Campaign,
  CampaignRecipient,
  Click,
  Conversion,
];
