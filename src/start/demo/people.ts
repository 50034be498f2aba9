/** The people, products and words of the demo business. Made by a seeded generator: the same on every machine. */

const firstNames = [
  'Aarav',
  'Aditi',
  'Amit',
  'Ananya',
  'Arjun',
  'Deepa',
  'Divya',
  'Farhan',
  'Gauri',
  'Imran',
  'Ishaan',
  'Kavya',
  'Kiran',
  'Meera',
  'Mohan',
  'Neha',
  'Nikhil',
  'Pooja',
  'Priya',
  'Rahul',
  'Rajesh',
  'Ritu',
  'Rohan',
  'Sana',
  'Sanjay',
  'Shreya',
  'Sunita',
  'Tanvi',
  'Varun',
  'Zoya',
];
const lastNames = [
  'Agarwal',
  'Bhatt',
  'Chavan',
  'Desai',
  'Gupta',
  'Iyer',
  'Jadhav',
  'Joshi',
  'Kapoor',
  'Khan',
  'Kulkarni',
  'Kumar',
  'Mehta',
  'Nair',
  'Patel',
  'Patil',
  'Rao',
  'Shah',
  'Sharma',
  'Shetty',
  'Singh',
  'Verma',
];
const cities = [
  ['Mumbai', 'Maharashtra'],
  ['Mumbai', 'Maharashtra'],
  ['Pune', 'Maharashtra'],
  ['Nagpur', 'Maharashtra'],
  ['Ahmedabad', 'Gujarat'],
  ['Bengaluru', 'Karnataka'],
  ['New Delhi', 'Delhi'],
] as const;
const notPhones = ['', '12345', '98-OFFICE', 'call me', '+91 00000 00000'];

export const demoProducts = [
  { name: 'Kanjivaram silk saree', price: '8999.00', image: 'saree' },
  { name: 'Block-print kurta', price: '1499.00', image: 'kurta' },
  { name: 'Brass diya set', price: '799.00', image: 'diya' },
  { name: 'Masala chai box', price: '449.00', image: 'chai' },
  { name: 'Kolhapuri chappal', price: '1299.00', image: 'chappal' },
  { name: 'Dry fruit hamper', price: '2499.00', image: 'hamper' },
];

/** A number from 0 to below 1, the same sequence for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface DemoContact {
  name: string;
  phone: string;
  email: string;
  tags: string[];
}

/** A person; about one phone in fifty is none. Numbers from `place` on, so that kinds can overlap. */
function contact(random: () => number, place: number, tags: readonly string[]): DemoContact {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const [first, last] = [pick(firstNames), pick(lastNames)];
  const valid = random() >= 0.02;
  return {
    name: `${first} ${last}`,
    // people write numbers in more ways than one
    phone: valid ? spelled(98_200_00000 + place * 7, random()) : pick(notPhones),
    email: `${first}.${last}.${place}@example.com`.toLowerCase(),
    tags: tags.filter(() => random() < 0.3),
  };
}

function spelled(number: number, dice: number): string {
  const digits = String(number);
  if (dice < 0.6) return `+91${digits}`;
  if (dice < 0.8) return digits;
  return `0${digits.slice(0, 5)} ${digits.slice(5)}`;
}

export function demoLeads(count: number) {
  const random = generator(1);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    const [city, state] = pick(cities);
    return {
      ...contact(random, i, ['webinar-attendee', 'ebook-download', 'store-visit']),
      status: pick(['NEW', 'NEW', 'CONTACTED', 'QUALIFIED', 'LOST']),
      quality: pick(['HOT', 'WARM', 'WARM', 'COLD']),
      city,
      state,
      attributes: {
        Source: pick(['Instagram', 'Instagram', 'Walk-in', 'Referral']),
        'Interested in': pick(['Sarees', 'Kurtas', 'Home', 'Gifts']),
        Budget: 1000 + Math.floor(random() * 40) * 500,
      },
    };
  });
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

/** The first 300 have the phones of the last 300 leads: they were leads once. */
export function demoCustomers(count: number, leads: number) {
  const random = generator(2);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, i) => {
    const totalOrders = 1 + Math.floor(random() ** 3 * 30);
    return {
      ...contact(random, leads - 300 + i, ['vip', 'repeat-buyer', 'festive']),
      engagementScore: Math.floor(random() * 11),
      totalOrders,
      totalSpent: (totalOrders * (400 + random() * 3000)).toFixed(2),
      lastOrderAt: new Date(Date.now() - random() * 365 * 86_400_000),
      externalId: `MB-${10_000 + i}`,
      attributes: {
        Loyalty: pick(['Gold', 'Silver', 'Silver', 'Bronze', 'Bronze']),
        Points: Math.floor(random() * 5000),
        Language: pick(['Hindi', 'English', 'Marathi']),
        Birthday: `${1960 + Math.floor(random() * 45)}-${twoDigits(1 + Math.floor(random() * 12))}-${twoDigits(1 + Math.floor(random() * 28))}`,
      },
    };
  });
}
