import { readRateCard } from '../../src/campaigns/forecast/rate-card';
import { chargeOf } from '../../src/delivery/webhook/charge';
import { readPricing } from '../../src/whatsapp/pricing';

const card = readRateCard(undefined);
const india = '+919876543210';

test.each<[what: string, pricing: unknown, phone: string, charge: unknown]>([
  ['marketing', { type: 'regular', category: 'marketing', billable: true }, india, ['0.0118', 'USD']],
  ['marketing to Germany', { type: 'regular', category: 'marketing' }, '+4915123456789', ['0.1365', 'USD']],
  ['marketing_lite', { type: 'regular', category: 'marketing_lite' }, india, ['0.0118', 'USD']],
  ['a category of groups', { type: 'regular', category: 'group_marketing' }, india, ['0.0118', 'USD']],
  ['utility of groups', { type: 'regular', category: 'group_utility' }, india, ['0.0014', 'USD']],
  ['service of groups', { type: 'regular', category: 'group_service' }, india, ['0.0014', 'USD']],
  ['authentication', { type: 'regular', category: 'authentication' }, india, ['0.0014', 'USD']],
  [
    'a free service message of groups',
    { type: 'free_group_customer_service', category: 'group_service' },
    india,
    undefined,
  ],
  ['a category in upper case', { type: 'regular', category: 'UTILITY' }, india, ['0.0014', 'USD']],
  [
    'authentication-international',
    { type: 'regular', category: 'authentication-international' },
    india,
    ['0.0014', 'USD'],
  ],
  ['service beyond the free ones', { type: 'regular', category: 'service' }, india, ['0.0014', 'USD']],
  [
    'a free service message',
    { type: 'free_customer_service', category: 'service', billable: false },
    india,
    undefined,
  ],
  ['utility in a window', { type: 'free_customer_service', category: 'utility' }, india, undefined],
  ['a free entry point', { type: 'free_entry_point', category: 'marketing' }, india, undefined],
  ['a referral', { category: 'referral_conversion' }, india, undefined],
  ['what is exempt', { type: 'regular', subtype: 'paid_exempt', category: 'marketing' }, india, undefined],
  ['not billable, of no type', { billable: false, category: 'marketing' }, india, undefined],
  ['billable, of no type', { billable: true, category: 'marketing' }, india, ['0.0118', 'USD']],
  ['a category that does not exist', { type: 'regular', category: 'telepathy' }, india, undefined],
  ['no category', { type: 'regular' }, india, undefined],
  ['no object', 'free', india, undefined],
  ['nothing', undefined, india, undefined],
  [
    'a charge as text',
    { category: 'marketing', amount: '0.0102', currency: 'usd' },
    india,
    ['0.0102', 'USD'],
  ],
  ['a charge as a number', { category: 'marketing', price: 0.75, currency: 'INR' }, india, ['0.75', 'INR']],
  ['a charge without a currency', { category: 'marketing', amount: '5' }, india, ['0.0118', 'USD']],
  [
    'a charge in no currency that exists',
    { category: 'marketing', amount: '5', currency: 'ZZZ' },
    india,
    ['0.0118', 'USD'],
  ],
  [
    'a charge that is no amount',
    { category: 'marketing', amount: '-5', currency: 'USD' },
    india,
    ['0.0118', 'USD'],
  ],
])('%s', (_what, pricing, phone, charge) => {
  const read = readPricing(pricing);
  expect(read && chargeOf(card, read, phone)).toEqual(charge);
});
