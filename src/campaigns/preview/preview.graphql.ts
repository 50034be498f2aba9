import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { ContactType } from '../../audience/contacts/contact.graphql';
import { UrlScalar } from '../../infra/scalars';
import { MediaType } from '../campaign';
import { LocationGraphql, TemplateValueInput } from '../template-value.graphql';

@InputType({ description: 'A message, as in createCampaign, and the contacts to show it for.' })
export class PreviewMessageInput {
  @Field(() => ID) businessId: string;
  @Field(() => ID, { nullable: true, description: 'A template of the library.' }) templateId?: string | null;
  @Field(() => String, { nullable: true, description: 'A template by name.' }) whatsappTemplateName?:
    string | null;
  @Field(() => String, { nullable: true, description: 'Language of the named template, e.g. en or hi.' })
  whatsappTemplateLanguage?: string | null;
  @Field(() => [String], { nullable: true, description: "The template's values in order." })
  templateParameters?: string[] | null;
  @Field(() => [TemplateValueInput], { nullable: true, description: "The template's values by key." })
  templateValues?: TemplateValueInput[] | null;
  @Field(() => String, { nullable: true, description: 'Free-form text, or the caption of free-form media.' })
  messageText?: string | null;
  @Field(() => UrlScalar, { nullable: true, description: 'Address of the image, video or document.' })
  mediaUrl?: string | null;
  @Field(() => ID, { nullable: true, description: 'Media that was kept with POST /media.' })
  mediaId?: string | null;
  @Field(() => MediaType, { nullable: true, description: "If it is left out: the header's, else IMAGE." })
  mediaType?: MediaType | null;
  @Field(() => ID, { nullable: true, description: 'The product that is shown, or whose image is used.' })
  productId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: "The WhatsApp number to send from. If it is left out: the business's first.",
  })
  senderId?: string | null;
  @Field(() => UrlScalar, { nullable: true, description: 'The address that the tracked link redirects to.' })
  linkUrl?: string | null;
  @Field(() => [ID], {
    nullable: true,
    description:
      'At most 20 contacts of the business. If it is left out, the message is shown for a made-up person.',
  })
  contactIds?: string[] | null;
}

@ObjectType({ description: 'Products under a title.' })
export class SectionPreview {
  @Field(() => String) title: string;
  @Field(() => [String], { description: "The products' ids in the catalogue." }) retailerIds: string[];
}

@ObjectType({ description: 'A button as the recipient gets it.' })
export class ButtonPreview {
  @Field(() => String, { description: 'QUICK_REPLY, URL, PHONE_NUMBER, COPY_CODE, …' }) type: string;
  @Field(() => String, { nullable: true, description: 'The text on the button.' }) text: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of URL, filled in. A tracked link has a made-up token here, which leads nowhere.',
  })
  url: string | null;
  @Field(() => String, { nullable: true, description: 'Of PHONE_NUMBER.' }) phoneNumber: string | null;
  @Field(() => String, { nullable: true, description: 'Of COPY_CODE.' }) couponCode: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Of FLOW: what comes back with the answers; null without it.',
  })
  flow: string | null;
  @Field(() => [SectionPreview], { description: 'Of MPM; else empty.' }) sections: SectionPreview[];
  @Field(() => String, {
    nullable: true,
    description: 'Of CATALOG and MPM: the id in the catalogue of the product whose picture is shown.',
  })
  thumbnailRetailerId: string | null;
}

@ObjectType({ description: 'A limited-time offer.' })
export class OfferPreview {
  @Field(() => String, { nullable: true }) text: string | null;
  @Field(() => Date, { nullable: true, description: 'Null if it does not end.' }) expiresAt: Date | null;
}

@ObjectType({ description: 'A card of a carousel as the recipient gets it.' })
export class CardPreview {
  @Field(() => String, {
    nullable: true,
    description: 'The address of the media; null for a product.',
  })
  header: string | null;
  @Field(() => String, { nullable: true, description: 'IMAGE, VIDEO or PRODUCT.' }) headerType: string | null;
  @Field(() => String, { nullable: true, description: "Of PRODUCT: the product's id in the catalogue." })
  retailerId: string | null;
  @Field(() => String, { nullable: true, description: 'The text; null without one.' }) body: string | null;
  @Field(() => [ButtonPreview]) buttons: ButtonPreview[];
}

@ObjectType({ description: 'The message for one person as it would be sent.' })
export class MessagePreview {
  @Field(() => ContactType, { nullable: true, description: 'Null for the made-up person.' })
  contact: ContactType | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The header's text, or the address of its media; null without a header, and for a place or a product.",
  })
  header: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'IMAGE, VIDEO, GIF, DOCUMENT, LOCATION or PRODUCT; null for a text, and without a header.',
  })
  headerType: string | null;
  @Field(() => String, { nullable: true, description: 'Of a document.' }) fileName: string | null;
  @Field(() => LocationGraphql, { nullable: true, description: 'Of a header that is a place.' })
  location: LocationGraphql | null;
  @Field(() => String, {
    nullable: true,
    description: "Of a header that is a product: the product's id in the catalogue.",
  })
  retailerId: string | null;
  @Field(() => String, { nullable: true, description: 'The text, filled in; null if there are problems.' })
  body: string | null;
  @Field(() => String, { nullable: true }) footer: string | null;
  @Field(() => OfferPreview, { nullable: true, description: 'Null without a limited-time offer.' })
  offer: OfferPreview | null;
  @Field(() => [ButtonPreview]) buttons: ButtonPreview[];
  @Field(() => [CardPreview], { description: 'Of a carousel, from left to right; else empty.' })
  cards: CardPreview[];
  @Field(() => [String], {
    description: 'Why this person cannot be sent the message, one sentence each; empty if nothing is wrong.',
  })
  problems: string[];
}
