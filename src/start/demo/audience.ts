import type { EntityManager } from 'typeorm';
import type { Business } from '../../accounts/business.entity';
import { Customer, Lead } from '../../audience/contacts/contact.entity';
import { normalisePhone } from '../../audience/contacts/phone';
import { LeadQuality, RecipientOutcome } from '../../audience/filter/filter';
import type { AudienceFilter } from '../../audience/filter/filter';
import { liftedBy, optIn, optOut } from '../../audience/opt-outs/opt-outs';
import { OptOutSource } from '../../audience/opt-outs/suppression.entity';
import { Segment } from '../../audience/segments/segment.entity';
import { demoCustomers, demoLeads } from './people';

/** Leads and customers with attributes, and opt-outs of every source, some of them lifted again. */
export async function seedContacts(transaction: EntityManager, business: Business): Promise<void> {
  const owned = <T extends { phone: string }>(contact: T) => ({
    ...contact,
    businessId: business.id,
    phoneE164: normalisePhone(contact.phone, business.defaultCountry),
  });
  const leads = demoLeads(2000).map(owned);
  const customers = demoCustomers(1500, 2000).map(owned);
  for (const part of inParts(leads)) await transaction.getRepository(Lead).insert(part);
  for (const part of inParts(customers)) await transaction.getRepository(Customer).insert(part);
  await seedOptOuts(transaction, business.id, customers);
}

/** Every how many customers, from which on: so many people opted out this way, so many days ago. */
const optOuts = [
  { source: OptOutSource.KEYWORD, every: 60, from: 7, days: 3, reason: 'wrote "stop"' },
  { source: OptOutSource.BUTTON, every: 90, from: 11, days: 9, reason: 'tapped "Stop promotions"' },
  {
    source: OptOutSource.WHATSAPP,
    every: 110,
    from: 13,
    days: 14,
    reason: 'stopped marketing messages in WhatsApp',
  },
  { source: OptOutSource.MANUAL, every: 300, from: 17, days: 21, reason: 'Asked at the shop in Bandra' },
  { source: OptOutSource.IMPORT, every: 200, from: 19, days: 40, reason: 'Do-not-contact list of last year' },
  {
    source: OptOutSource.REFUSED,
    every: 250,
    from: 23,
    days: 1,
    reason: 'WhatsApp refused a message: the person stopped marketing messages',
  },
];

async function seedOptOuts(
  transaction: EntityManager,
  businessId: string,
  customers: { phoneE164: string | null }[],
): Promise<void> {
  const change = (every: number, from: number, days: number, reason: string) => ({
    businessIds: [businessId],
    phones: customers.flatMap(({ phoneE164 }, i) => (phoneE164 && i % every === from ? [phoneE164] : [])),
    reason,
    at: new Date(Date.now() - days * 86_400_000),
  });
  for (const { source, every, from, days, reason } of optOuts)
    await optOut(transaction, source, change(every, from, days, reason));
  // a few changed their minds
  await optIn(transaction, liftedBy.KEYWORD, change(420, 7, 1, 'wrote "start"'));
}

/** Saved audiences of several kinds: one condition, branches, attributes, another segment, what a campaign led to. */
export async function seedSegments(
  transaction: EntityManager,
  businessId: string,
  finishedCampaignId: string,
): Promise<void> {
  const save = async (
    name: string,
    audienceType: Segment['audienceType'],
    audienceFilter: AudienceFilter,
  ): Promise<Segment> =>
    transaction.getRepository(Segment).save({ businessId, name, audienceType, audienceFilter } as Segment);
  const best = await save('Best customers', 'CUSTOMERS', {
    totalSpent: { gte: '5000' },
    engagementScore: { gte: 7 },
  });
  await save('Hot leads in Mumbai', 'LEADS', { quality: [LeadQuality.HOT], city: ['Mumbai'] });
  await save('Gold members without an order for 60 days', 'CUSTOMERS', {
    attributes: [{ name: 'Loyalty', eq: 'Gold' }],
    lastOrderDays: { gte: 60 },
  });
  await save('Got the weekend sale, did not read it', 'LEADS', {
    campaign: { campaignId: finishedCampaignId, outcome: [RecipientOutcome.NOT_READ] },
  });
  await save('Best customers or VIPs, without the bronze ones', 'CUSTOMERS', {
    or: [{ segmentId: best.id }, { tags: ['vip'] }],
    not: { attributes: [{ name: 'Loyalty', eq: 'Bronze' }] },
  });
}

function inParts<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / 500) }, (_, i) => list.slice(i * 500, (i + 1) * 500));
}
