import { getCountries } from 'libphonenumber-js';
import { changesOf, fieldOf, newContact, problemsIn, valuesOf } from '../../web/src/contacts/contact-values';
import { fromLocal, toLocal } from '../../web/src/contacts/local-time';
import type { ContactFieldsFragment } from '../../web/src/generated/graphql';
import { phonesIn } from '../../web/src/opt-outs/phone-lines';
import { effectOf, sourcesNow } from '../../web/src/opt-outs/sources';
import { countries } from '../../web/src/settings/countries';
import { settingOf, settingsChanges, settingsOf, wrongNumbers } from '../../web/src/settings/settings-values';
import { zones } from '../../web/src/settings/zones';

const zone = 'Asia/Kolkata';

const customer: ContactFieldsFragment = {
  id: 'c1',
  kind: 'CUSTOMER',
  name: 'Asha Rao',
  phone: '98765 43210',
  phoneE164: '+919876543210',
  bsuid: null,
  email: null,
  tags: ['vip'],
  status: null,
  quality: null,
  city: null,
  state: null,
  assignedUserId: null,
  engagementScore: 5,
  totalSpent: '49.90',
  totalOrders: 2,
  lastOrderAt: '2026-11-20T10:15:42.123Z',
  externalId: null,
  optedOut: false,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  attributes: { Points: 583, Member: true, Language: 'Marathi' },
};

describe('what a form of a contact sends', () => {
  const values = valuesOf(customer, zone);
  const changes = (next: Partial<typeof values>) =>
    changesOf(customer, 'CUSTOMER', { ...values, ...next }, zone);

  it('is nothing when nothing was changed, also where a field shows less than is stored', () => {
    expect(values.lastOrderAt).toBe('2026-11-20T15:45');
    expect(changes({})).toEqual({});
    expect(changes({ name: ' Asha Rao ' })).toEqual({});
  });

  it.each([
    ['a text', { city: 'Pune', name: 'Asha' }, { name: 'Asha' }],
    ['an emptied field', { phone: ' ', totalSpent: '' }, { phone: null, totalSpent: null }],
    ['whole numbers', { totalOrders: '3', engagementScore: '0' }, { totalOrders: 3, engagementScore: 0 }],
    ['an amount as text, exactly', { totalSpent: '0.10' }, { totalSpent: '0.10' }],
    ['a time in the zone', { lastOrderAt: '2026-11-21T00:00' }, { lastOrderAt: '2026-11-20T18:30:00.000Z' }],
    ['all tags', { tags: ['vip', 'new'] }, { tags: ['vip', 'new'] }],
  ])('is only what was changed: %s', (_what, next, expected) => {
    expect(changes(next)).toEqual(expected);
  });

  it('is only the attributes that were changed, of their former types; null for those taken away', () => {
    const attributes = [
      { key: 0, name: 'Points', value: '600' },
      { key: 1, name: 'Language', value: 'Marathi' },
      { key: 9, name: ' Birthday ', value: '1986' },
      { key: 10, name: '', value: '' },
    ];
    expect(changes({ attributes })).toEqual({
      attributes: { Points: 600, Member: null, Birthday: '1986' },
    });
    const renamed = values.attributes.map((one) => (one.name === 'Points' ? { ...one, name: 'Score' } : one));
    expect(changes({ attributes: renamed })).toEqual({ attributes: { Points: null, Score: '583' } });
    const text = values.attributes.map((one) => (one.name === 'Points' ? { ...one, value: 'many' } : one));
    expect(changes({ attributes: text })).toEqual({ attributes: { Points: 'many' } });
  });

  it('takes names of attributes that objects have by themselves', () => {
    const attributes = [{ key: 0, name: '__proto__', value: 'x' }];
    const { attributes: sent } = changesOf(
      undefined,
      'LEAD',
      { ...valuesOf(undefined, zone), attributes },
      zone,
    );
    expect(JSON.stringify(sent)).toBe('{"__proto__":"x"}');
  });

  it('of a new lead has no fields of customers and no empty ones', () => {
    const filled = { ...valuesOf(undefined, zone), phone: '98765 43210', totalOrders: '3', city: 'Pune' };
    expect(newContact('b1', 'LEAD', filled, zone)).toEqual({
      businessId: 'b1',
      kind: 'LEAD',
      phone: '98765 43210',
      city: 'Pune',
    });
  });

  it('is checked for what the server would refuse', () => {
    const wrong = (next: Partial<typeof values>) =>
      Object.entries(problemsIn('CUSTOMER', { ...values, ...next }))
        .filter(([, id]) => id !== undefined)
        .map(([field]) => field);
    expect(wrong({})).toEqual([]);
    expect(wrong({ phone: ' ' })).toEqual(['phone']);
    expect(wrong({ phone: '', bsuid: 'IN.1' })).toEqual([]);
    expect(wrong({ totalOrders: '1.5', engagementScore: '-1', totalSpent: '1,000' })).toEqual([
      'engagementScore',
      'totalOrders',
      'totalSpent',
    ]);
    expect(wrong({ attributes: [{ key: 0, name: ' ', value: 'x' }] })).toEqual(['attributes']);
    const twice = ['a', 'a '].map((name, key) => ({ key, name, value: '' }));
    expect(wrong({ attributes: twice })).toEqual(['attributes']);
  });

  it.each([
    ['input.phone', 'phone'],
    ['input.tags.3', 'tags'],
    ['input.attributes.Points', 'attributes'],
    ['input.businessId', undefined],
    ['input.constructor', undefined],
    ['id', undefined],
  ])('the path %s means the field %s', (path, field) => {
    expect(fieldOf(path)).toBe(field);
  });
});

describe('times in a zone', () => {
  it.each([
    ['2026-11-26T14:05', 'Asia/Kolkata', '2026-11-26T08:35:00.000Z'],
    ['2026-01-01T00:00', 'UTC', '2026-01-01T00:00:00.000Z'],
    ['2026-07-01T12:00', 'America/New_York', '2026-07-01T16:00:00.000Z'],
    ['2026-01-01T12:00', 'America/New_York', '2026-01-01T17:00:00.000Z'],
    // the hour before and after clocks are put back, which occurs twice: the first one
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    // an hour that clocks leave out
    ['2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
  ])('%s in %s is %s', (local, timeZone, instant) => {
    expect(fromLocal(local, timeZone)).toBe(instant);
  });

  it('are the same there and back, around every change of the clocks of a year', () => {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 12 * 3_600_000 + 60_000) {
      const iso = new Date(at).toISOString();
      for (const timeZone of ['Asia/Kolkata', 'Europe/London', 'Australia/Lord_Howe', 'America/Sao_Paulo'])
        expect(toLocal(fromLocal(toLocal(iso, timeZone), timeZone), timeZone)).toBe(toLocal(iso, timeZone));
    }
  });
});

describe('opt-outs', () => {
  const entry = (source: 'KEYWORD' | 'WHATSAPP' | 'MANUAL', change: 'OPTED_OUT' | 'OPTED_IN') => ({
    at: '',
    reason: '',
    source,
    change,
  });

  it('count by the latest change of each source', () => {
    expect(sourcesNow([])).toEqual([]);
    expect(
      sourcesNow([
        entry('KEYWORD', 'OPTED_IN'),
        entry('WHATSAPP', 'OPTED_OUT'),
        entry('KEYWORD', 'OPTED_OUT'),
      ]),
    ).toEqual(['WHATSAPP']);
  });

  it('concern marketing alone only if WhatsApp alone holds it back', () => {
    expect(effectOf(['WHATSAPP'])).toBe('MARKETING');
    expect(effectOf(['WHATSAPP', 'REFUSED'])).toBe('MARKETING');
    expect(effectOf(['WHATSAPP', 'MANUAL'])).toBe('ALL');
    // e.g. an opt-out of another spelling, whose history is not known here
    expect(effectOf([])).toBe('ALL');
  });

  it('are read from pasted lines, each once', () => {
    expect(phonesIn('98765 43210\r\n\n +91 98, 12345;98765 43210\n')).toEqual([
      '98765 43210',
      '+91 98',
      '12345',
    ]);
    expect(phonesIn(' \n , ')).toEqual([]);
  });
});

describe('what the settings send', () => {
  const business = {
    id: 'b1',
    name: 'Bazaar',
    timezone: zone,
    defaultCountry: 'IN',
    frequencyCap: { messages: 2, days: 7 },
    unreachableAfter: null,
    blockedCountries: ['RU'],
    attributionDays: 7,
  };
  const values = settingsOf(business);

  it.each([
    ['nothing', {}, {}],
    ['a number of a rule that is off', { unreachableAfter: '9' }, {}],
    ['a rule switched off', { capped: false }, { frequencyCap: null }],
    ['a rule switched on', { unreachable: true }, { unreachableAfter: 3 }],
    ['one half of the cap', { capDays: '30' }, { frequencyCap: { messages: 2, days: 30 } }],
    ['no country', { blockedCountries: [] }, { blockedCountries: [] }],
    ['the rest', { name: ' Shop ', attributionDays: '1' }, { name: 'Shop', attributionDays: 1 }],
  ])('after a change of %s', (_what, next, expected) => {
    expect(settingsChanges(business, { ...values, ...next })).toEqual(expected);
  });

  it('has numbers that the server takes', () => {
    expect(wrongNumbers(values)).toEqual({});
    expect(wrongNumbers({ ...values, capMessages: '0', capDays: '366', attributionDays: '' })).toEqual({
      capMessages: 1000,
      capDays: 365,
      attributionDays: 90,
    });
    // of a rule that is off
    expect(wrongNumbers({ ...values, unreachableAfter: 'x' })).toEqual({});
  });

  it.each([
    ['input.frequencyCap.messages', 'capMessages'],
    ['input.frequencyCap.days', 'capDays'],
    ['input.blockedCountries.3', 'blockedCountries'],
    ['input.timezone', 'timezone'],
    ['id', undefined],
  ])('the path %s means the field %s', (path, field) => {
    expect(settingOf(path)).toBe(field);
  });

  it('offers the countries and zones that the server takes, and the zone that is set', () => {
    expect(countries).toEqual([...getCountries()].sort());
    const offered = zones('Asia/Katmandu');
    expect(offered).toEqual(expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Asia/Katmandu']));
    expect(offered).not.toContain('Asia/Calcutta');
    expect(new Set(offered).size).toBe(offered.length);
  });
});
