import { randomUUID } from 'node:crypto';
import { ContactKind } from '../../src/audience/audience';
import { RecipientOutcome } from '../../src/audience/filter/filter';
import type { AttributeCondition, AudienceFilter, Range } from '../../src/audience/filter/filter';
import type { KnownContact } from './filter-oracle';

/** A random number generator with a seed (mulberry32), so that a failure can be repeated. */
export class Random {
  constructor(private state: number) {}

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  some<T>(list: readonly T[], most = 3): T[] {
    return Array.from({ length: 1 + this.below(most) }, () => this.one(list));
  }
}

const cities = [
  'Mumbai',
  'MUMBAI',
  ' mumbai ',
  'Évry',
  'ÉVRY',
  'Straße',
  'STRASSE',
  'दिल्ली',
  'ΟΔΟΣ',
  'οδος',
  '',
  'Pune',
];
const tags = ['vip', 'VIP', 'new', 'a,b', '{x}', "o'brien", 'café'];
const users = ['u-1', 'u-2', 'U-1'];
const names = ['plan', 'Plan', 'age', 'since', 'active', `we'ird"; --`, '$1', 'a.b', 'खाता'];
const values = ['gold', 'GOLD', ' Gold ', 'silver', '', '5', '5.0', '05', ' 42 ', '4e2', 'NaN', '-3.5', '2026-01-31', '2026-02', 'true', 'Straße', 'été', 5, 42, -3.5, 1e3, 0, true, false]; // prettier-ignore
const statuses = ['NEW', 'CONTACTED', 'QUALIFIED', 'CONVERTED', 'LOST'];
const qualities = ['HOT', 'WARM', 'COLD'];
const recipientStatuses = ['QUEUED', 'SENDING', 'UNCONFIRMED', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'SKIPPED', 'EXCLUDED']; // prettier-ignore

export function randomContact(random: Random, kind: ContactKind, campaigns: readonly string[]): KnownContact {
  const maybe = <T>(value: T) => (random.chance(0.3) ? null : value);
  return {
    id: randomUUID(),
    kind,
    status: random.one(statuses),
    quality: maybe(random.one(qualities)),
    city: maybe(random.one(cities)),
    state: maybe(random.one(cities)),
    assignedUserId: maybe(random.one(users)),
    engagementScore: random.below(12),
    totalSpent: `${random.below(5)}.${random.one(['00', '01', '99'])}`,
    totalOrders: random.below(5),
    lastOrderHoursAgo: maybe(random.below(10) * 12 + 6),
    createdHoursAgo: random.below(10) * 12 + 6,
    tags: random.chance(0.3) ? [] : random.some(tags),
    email: random.one([null, '', ' ', 'a@example.com']),
    attributes: Object.fromEntries(
      random.chance(0.2)
        ? []
        : random
            .some(names, 4)
            .map((name) => [name, random.chance(0.1) ? null : random.one<unknown>(values)]),
    ),
    recipients: campaigns
      .filter(() => random.chance(0.6))
      .map((campaignId) => ({
        campaignId,
        status: random.one(recipientStatuses),
        clicked: random.chance(0.3),
        converted: random.chance(0.2),
        replied: random.chance(0.2),
      })),
  };
}

/** A valid filter: fields of one kind only in branches that say it. */
export function randomFilter(
  random: Random,
  context: { kinds: readonly ContactKind[]; campaigns: readonly string[]; segments: readonly string[] },
  depth = 1,
): AudienceFilter {
  const filter: AudienceFilter = {};
  const kinds = random.chance(0.25)
    ? [(filter.kind = random.one(Object.values(ContactKind)))]
    : context.kinds;
  const below = () => randomFilter(random, { ...context, kinds }, depth + 1);
  const fields = [
    ...both,
    ...(kinds.length > 1 ? [] : kinds.includes(ContactKind.LEAD) ? ofLeads : ofCustomers),
  ];
  for (let i = random.below(3); i > 0; i--) Object.assign(filter, random.one(fields)(random, context));
  if (depth < 6) {
    if (random.chance(0.3)) filter.and = Array.from({ length: 1 + random.below(2) }, below);
    if (random.chance(0.4)) filter.or = Array.from({ length: 1 + random.below(3) }, below);
    if (random.chance(0.35)) filter.not = below();
  }
  return filter;
}

type Make = (
  random: Random,
  context: { campaigns: readonly string[]; segments: readonly string[] },
) => AudienceFilter;

const both: readonly Make[] = [
  (random) => ({ tags: random.some(tags) }),
  (random) => ({ tagsAll: random.some(tags, 2) }),
  (random) => ({ createdDays: intRange(random, 5) }),
  (random) => ({ hasEmail: random.chance(0.5) }),
  (random) => ({ attributes: Array.from({ length: 1 + random.below(2) }, () => attribute(random)) }),
  (random) => ({ attributes: [attribute(random)] }),
  (random, { campaigns }) => ({
    campaign: {
      campaignId: random.one(campaigns),
      ...(random.chance(0.8) ? { outcome: random.some(Object.values(RecipientOutcome)) } : {}),
    },
  }),
  (random, { segments }) => (segments.length > 0 ? { segmentId: random.one(segments) } : {}),
];

const given = cities.filter((city) => city.trim() !== '');
const ofLeads: readonly Make[] = [
  (random) => ({ status: random.some(statuses) as never }),
  (random) => ({ quality: random.some(qualities) as never }),
  (random) => ({ city: random.some(given) }),
  (random) => ({ state: random.some(given) }),
  (random) => ({ assignedUserId: random.one(users) }),
];
const ofCustomers: readonly Make[] = [
  (random) => ({ engagementScore: intRange(random, 12) }),
  (random) => ({ totalOrders: intRange(random, 5) }),
  (random) => ({ totalSpent: decimalRange(random) }),
  (random) => ({ lastOrderDays: intRange(random, 5) }),
];

function intRange(random: Random, limit: number): Range<number> {
  const a = random.below(limit);
  const b = a + 1 + random.below(3);
  return random.one<Range<number>>([{ eq: a }, { gt: a }, { gte: a }, { lt: b }, { lte: b }, { gte: a, lte: a }, { gt: a, lt: b }, { gte: a, lt: b }, { gt: a, lte: b }]); // prettier-ignore
}

function decimalRange(random: Random): Range<string> {
  const amount = `${random.below(4)}.${random.one(['00', '01', '99', '990000'])}`;
  return random.one<Range<string>>([
    { eq: amount },
    { gt: amount },
    { gte: amount },
    { lt: amount },
    { lte: amount },
  ]);
}

function attribute(random: Random): AttributeCondition {
  const name = random.one(names);
  const ends = ['gt', 'gte', 'lt', 'lte'] as const;
  switch (random.below(5)) {
    case 0:
      return { name, eq: random.one(values) };
    case 1:
      return { name, in: random.some<unknown>(values, 4) };
    case 2:
      return { name, contains: random.one(['ol', 'OLD', '5', '.', '%', '_', 'SS', 'ÉT', 'true']) };
    case 3:
      return { name, exists: random.chance(0.5) };
    default:
      return { name, [random.one(ends)]: random.one(values.filter((value) => typeof value !== 'boolean')) };
  }
}
