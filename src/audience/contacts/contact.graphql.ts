import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { DecimalScalar } from '../../infra/scalars';
import { PageInfo } from '../../infra/pagination';
import { ContactKind } from '../audience';
import { LeadQuality, LeadStatus } from '../filter/filter';

const ofLeads = 'Leads; null for customers.';
const ofCustomers = 'Customers; null for leads.';

@ObjectType('Contact', {
  description:
    'A person that a business knows, as a lead or as a customer. The same person may be both, and may occur several times in a kind; a campaign sends one message to each WhatsApp number.',
})
export class ContactType {
  @Field(() => ID) id: string;
  @Field(() => ID) businessId: string;
  @Field(() => ContactKind) kind: ContactKind;
  @Field(() => String, { description: 'Empty if it is not known.' }) name: string;
  @Field(() => String, { nullable: true, description: 'As the business wrote it; null if there is none.' })
  phone: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "The phone in E.164, read with the business's defaultCountry when it was entered; null if the phone cannot be read: nothing can be sent to it.",
  })
  phoneE164: string | null;
  @Field(() => String, {
    nullable: true,
    description: "WhatsApp's id of the person for this business, known of people who hide their number.",
  })
  bsuid: string | null;
  @Field(() => String, { nullable: true }) email: string | null;
  @Field(() => [String]) tags: string[];
  @Field(() => GraphQLJSONObject, {
    description: 'What the business keeps of the person besides: texts, numbers and booleans by name.',
  })
  attributes: Record<string, unknown>;
  @Field(() => LeadStatus, { nullable: true, description: ofLeads }) status: LeadStatus | null;
  @Field(() => LeadQuality, { nullable: true, description: ofLeads }) quality: LeadQuality | null;
  @Field(() => String, { nullable: true, description: ofLeads }) city: string | null;
  @Field(() => String, { nullable: true, description: ofLeads }) state: string | null;
  @Field(() => ID, {
    nullable: true,
    description: `${ofLeads} An id in the business's own system.`,
  })
  assignedUserId: string | null;
  @Field(() => Int, { nullable: true, description: ofCustomers }) engagementScore: number | null;
  @Field(() => DecimalScalar, { nullable: true, description: `${ofCustomers} In the business's currency.` })
  totalSpent: string | null;
  @Field(() => Int, { nullable: true, description: ofCustomers }) totalOrders: number | null;
  @Field(() => Date, { nullable: true, description: ofCustomers }) lastOrderAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "The person's id in the business's own system; unique in a kind.",
  })
  externalId: string | null;
  @Field(() => Date) createdAt: Date;
  @Field(() => Date) updatedAt: Date;

  /** The same for all spellings of one WhatsApp number; null when there is none. Not part of the API. */
  identity: string | null;
}

@ObjectType({ description: 'A contact in a list.' })
export class ContactEdge {
  @Field(() => String, { description: 'Give it as `after` for the contacts that follow.' }) cursor: string;
  @Field(() => ContactType) node: ContactType;
}

@ObjectType({ description: 'A page of contacts.' })
export class ContactConnection {
  @Field(() => [ContactEdge]) edges: ContactEdge[];
  @Field(() => [ContactType]) nodes: ContactType[];
  @Field(() => PageInfo) pageInfo: PageInfo;

  /** Counts all contacts of the list, if it is asked for. Not part of the API. */
  count: () => Promise<number>;
}

/** The fields that a lead or customer may have. */
@InputType()
export abstract class ContactFieldsInput {
  @Field(() => String, { nullable: true, description: 'At most 200 characters.' }) name?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "In any spelling; without a country code it is read as a number of the business's defaultCountry. A phone that cannot be read is kept, with phoneE164 null. At most 200 characters.",
  })
  phone?: string | null;
  @Field(() => String, { nullable: true, description: "WhatsApp's id of the person, e.g. IN.1234567890." })
  bsuid?: string | null;
  @Field(() => String, { nullable: true, description: 'At most 320 characters.' }) email?: string | null;
  @Field(() => [String], {
    nullable: true,
    description: 'At most 100 tags of 1 to 200 characters. Replaces all tags of the contact.',
  })
  tags?: string[] | null;
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description:
      'Texts of at most 10,000 characters, numbers and booleans by name (1 to 100 characters, at most 100 names). They are merged with the attributes of the contact; null removes one.',
  })
  attributes?: Record<string, unknown> | null;
  @Field(() => LeadStatus, { nullable: true, description: 'Leads; null is NEW.' })
  status?: LeadStatus | null;
  @Field(() => LeadQuality, { nullable: true, description: 'Leads.' }) quality?: LeadQuality | null;
  @Field(() => String, { nullable: true, description: 'Leads; at most 200 characters.' }) city?:
    string | null;
  @Field(() => String, { nullable: true, description: 'Leads; at most 200 characters.' }) state?:
    string | null;
  @Field(() => ID, { nullable: true, description: "Leads; an id in the business's own system." })
  assignedUserId?: string | null;
  @Field(() => Int, { nullable: true, description: 'Customers; 0 or more, null is 0.' })
  engagementScore?: number | null;
  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Customers; 0 or more with at most two decimals, null is 0.',
  })
  totalSpent?: string | null;
  @Field(() => Int, { nullable: true, description: 'Customers; 0 or more, null is 0.' })
  totalOrders?: number | null;
  @Field(() => Date, { nullable: true, description: 'Customers.' }) lastOrderAt?: Date | null;
  @Field(() => String, {
    nullable: true,
    description: "The person's id in the business's own system, at most 200 characters; unique in a kind.",
  })
  externalId?: string | null;
}

@InputType({
  description:
    'A new contact. It needs a phone or a bsuid. Several contacts may have the same phone; a campaign sends to it once.',
})
export class CreateContactInput extends ContactFieldsInput {
  @Field(() => ID) businessId: string;
  @Field(() => ContactKind) kind: ContactKind;
}

@InputType({ description: 'Changes to a contact. What is left out stays; null clears.' })
export class UpdateContactInput extends ContactFieldsInput {}
