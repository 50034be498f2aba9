import { normalisePhone } from '../../src/audience/contacts/phone';

const asha = '+919876543210';

test.each([
  // usual spellings
  '+919876543210',
  '919876543210',
  '9876543210',
  '09876543210',
  '00919876543210',
  '0091 98765 43210',
  '+91 (0) 98765 43210',
  '(+91) 98765-43210',
  '98765.43210',
  // invisible characters around and inside
  '\u202a+91 98765 43210\u202c',
  '\u200e+919876543210',
  '+91\u200f 98765\u200b43210',
  '\u2066+919876543210\u2069',
  '\ufeff+919876543210',
  '\u00a0+91\u00a098765\u202f43210\u00a0',
  '98765 43210\n',
  '98765\r\n43210',
  '\t9876543210',
  // text around a copied number
  "'+919876543210",
  '"+919876543210"',
  '“98765 43210”',
  '<+919876543210>',
  '="9876543210"',
  '+919876543210,',
  '+919876543210;',
  '+919876543210.',
  // other digits
  '９８７６５４３２１０',
  '＋９１ ９８７６５ ４３２１０',
  '९८७६५ ४३२१०',
  '٩٨٧٦٥٤٣٢١٠',
  // URLs
  'whatsapp:+919876543210',
  'tel:+91-98765-43210',
  'https://wa.me/919876543210',
  'https://wa.me/919876543210?text=Hi%20there',
  'wa.me/+919876543210/',
  'https://api.whatsapp.com/send?phone=919876543210&text=Hi',
  'https://api.whatsapp.com/send/?text=Hi&phone=%2B919876543210',
  'whatsapp://send?phone=919876543210',
  '919876543210@c.us',
  '919876543210@s.whatsapp.net',
  '919876543210:12@s.whatsapp.net',
  // from spreadsheets
  '9876543210.0',
  '9876543210,0',
  '9876543210.00',
  '+91 98765 43210.0',
  '9,876,543,210.00',
  '9.876.543.210,00',
  '9.876543210E9',
  '9,876543210E+09',
  '(9876543210.0)',
  '9876543210.0)',
  '(9876543210',
  '9876543210．0',
  '９８７６５４３２１０．０',
  // Facebook's lead forms
  'p:+919876543210',
  'p: 9876543210',
])('%j is read as the number', (text) => {
  expect(normalisePhone(text, 'IN')).toBe(asha);
});

test.each<[text: string, country: string, number: string]>([
  ['81234567890.0', 'ID', '+6281234567890'],
  ['15123456789.0', 'DE', '+4915123456789'],
  ['15123456789,000', 'DE', '+4915123456789'],
  ['8,123,456,789.00', 'ID', '+628123456789'],
  ['1.5123456789E10', 'DE', '+4915123456789'],
  // a final group of zeros is part of a number that is written in groups
  ['06.12.34.56.00', 'FR', '+33612345600'],
  ['15123456789.0)', 'DE', '+4915123456789'],
  ['(81234567890.0)', 'ID', '+6281234567890'],
  ['81234567890．0', 'ID', '+6281234567890'],
  ['81234567890，00', 'ID', '+6281234567890'],
  ['415.555.2000', 'US', '+14155552000'],
  ['98765.00000', 'IN', '+919876500000'],
])('%j in %s is %s: decimals are removed, other digits are not', (text, country, number) => {
  expect(normalisePhone(text, country)).toBe(number);
});

test.each<[text: string, country: string]>([
  ['81234567890.5', 'ID'],
  ['15123456789.25', 'DE'],
  ['9.87654E+9', 'IN'],
  ['9.87654321E+9', 'IN'],
  ['9.8765432101E9', 'IN'],
  ['1.5123E+10', 'DE'],
  ['812.000', 'ID'],
  ['15123456789. 0', 'DE'],
  ['15123456789.0.0', 'DE'],
  ['81234567890.00.0', 'ID'],
  ['812.3456.7890.0', 'ID'],
  ['812.3456.7890.00', 'ID'],
  ['9876543210;9876543211', 'IN'],
  ['9876543210; 9876543211', 'IN'],
  ['9876543210;ext=12', 'IN'],
  ['tel:+91-98765-43210;ext=12', 'IN'],
  ['9876543210x12', 'IN'],
  ['9876543210 ext. 12', 'IN'],
  ['q:+919876543210', 'IN'],
  ['919876543210zz', 'IN'],
  ['IN.13491208655302741918', 'IN'],
  ['120363025246125486@g.us', 'IN'],
  ['919876543210@lid', 'IN'],
  ['asha9876543210@example.com', 'IN'],
  ['https://wa.me/message/ABCDEF123456', 'IN'],
  ['https://example.com/919876543210', 'IN'],
  ['9876543210, 9876543211', 'IN'],
  ['9876543210\n9876543211', 'IN'],
  ['9876543210²', 'IN'],
  ['', 'IN'],
  [' \u200b', 'IN'],
  ['+', 'IN'],
  ['n/a', 'IN'],
])('%j in %s is not a phone number', (text, country) => {
  expect(normalisePhone(text, country)).toBeNull();
});

test.each<[text: string, country: string, number: string]>([
  ['+5215512345678', 'IN', '+5215512345678'],
  ['5215512345678', 'MX', '+5215512345678'],
  ['+525512345678', 'IN', '+525512345678'],
  ['+551187654321', 'IN', '+551187654321'],
  ['551187654321', 'BR', '+551187654321'],
  ['+5491123456789', 'IN', '+5491123456789'],
  ['5491123456789', 'AR', '+5491123456789'],
])("WhatsApp's own form %j (in %s) is valid", (text, country, number) => {
  expect(normalisePhone(text, country)).toBe(number);
});

test.each<[text: string, country: string, number: string | null]>([
  ['006281234567890', 'ID', '+6281234567890'],
  ['0062 812-3456-7890', 'ID', '+6281234567890'],
  ['00 62 81234567890.0', 'ID', '+6281234567890'],
  ['(00)6281234567890', 'ID', '+6281234567890'],
  ['006281234567890', 'JP', '+6281234567890'],
  ['006281234567890', 'AU', '+6281234567890'],
  ['006281234567890', 'US', '+6281234567890'],
  ['00919876543210', 'BR', '+919876543210'],
  ['00919876543210', 'RU', '+919876543210'],
  ['0014155552671', 'AU', '+14155552671'],
  ['00491512345678901234', 'ID', null],
  // the international prefix of the country itself
  ['0011 6281234567890', 'AU', '+6281234567890'],
  ['0011 65 8234 5678', 'AU', '+6582345678'],
  ['0015 14155552671', 'BR', '+14155552671'],
  ['008 14155552671', 'ID', '+14155552671'],
  // an international prefix of Indonesia that the library does not know
  ['001 14155552671', 'ID', null],
  ['007 14155552671', 'ID', null],
  ['001 01 4155552671', 'ID', null],
])('%j in %s is %s: 00 is an international prefix, never part of a number', (text, country, number) => {
  expect(normalisePhone(text, country)).toBe(number);
});

test('a Mexican number with the mobile prefix 1 is valid only if it is valid without it', () => {
  expect(normalisePhone('+5210012345678', 'MX')).toBeNull();
  expect(normalisePhone('+521551234567', 'MX')).toBeNull();
});

test('texts of 100 kB take no longer than short ones', () => {
  const parts = [' ', '"', '9', '+', '9,', '9 999 ', '\u200b', 'wa.me/', '&phone=', '.0', '(+1)'];
  const started = performance.now();
  for (const part of parts) {
    normalisePhone(part.repeat(100_000 / part.length), 'IN');
    normalisePhone(`9${part.repeat(100_000 / part.length)}9`, 'IN');
    // the longest text that is read
    for (let i = 0; i < 100; i++) normalisePhone(`${part.repeat(300)}x`.slice(-300), 'IN');
  }
  expect(performance.now() - started).toBeLessThan(2000);
});
