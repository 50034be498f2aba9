/** A line of a file of customers with the header below, and the column and words of its error; none if it is good. */
export interface CorpusLine {
  text: string;
  /** Null: the row as a whole. */
  column?: string | null;
  reason?: RegExp;
  /** Physical lines that it takes. */
  lines?: number;
}

export const corpusHeader =
  'Name,Mobile No,Email,Tags,Engagement Score,Total Spent,Total Orders,Last Order At,lastOrderDays';

const good = (text: string, lines = 1): CorpusLine => ({ text, lines });
const bad = (text: string, column: string | null, reason: RegExp, lines = 1): CorpusLine => ({
  text,
  column,
  reason,
  lines,
});

const phone = /expected a phone number/;
const whole = /expected a whole number, 0 or more/;
const amount = /expected an amount/;
const time = /expected a time of ISO 8601/;
const email = /expected an e-mail address/;

/** Lines that people's files have. Good ones must go in whatever stands beside them. */
export const corpus: readonly CorpusLine[] = [
  // phones that are none
  bad('A,,,,,,,,', 'Mobile No', /expected a phone$/),
  bad('A,   ,,,,,,,', 'Mobile No', /expected a phone$/),
  bad('A', 'Mobile No', /expected a phone$/),
  bad('A,12345,,,,,,,', 'Mobile No', phone),
  bad('A,1234567890123456789,,,,,,,', 'Mobile No', phone),
  bad('A,+91,,,,,,,', 'Mobile No', phone),
  bad('A,n/a,,,,,,,', 'Mobile No', phone),
  bad('A,0000000000,,,,,,,', 'Mobile No', phone),
  bad('A,98765 43210 x12,,,,,,,', 'Mobile No', phone),
  bad('A,9876543210/9876543211,,,,,,,', 'Mobile No', phone),
  bad('A,919876543210zz,,,,,,,', 'Mobile No', phone),
  bad('A,9.19877E+11,,,,,,,', 'Mobile No', /a spreadsheet has shortened it/),
  bad('A,"9,19877E+11",,,,,,,', 'Mobile No', /a spreadsheet has shortened it/),
  bad(`A,${'9'.repeat(400)},,,,,,,`, 'Mobile No', /expected a phone number/),
  bad('A,=HYPERLINK("x"),,,,,,,', 'Mobile No', phone),
  bad("A,'; DROP TABLE customers; --,,,,,,,", 'Mobile No', phone),
  bad('A,asha@example.com,,,,,,,', 'Mobile No', phone),
  bad('A,987654321,,,,,,,', 'Mobile No', phone),
  bad('A,#REF!,,,,,,,', 'Mobile No', phone),
  bad('A,NULL,,,,,,,', 'Mobile No', phone),
  // phones in odd spellings
  good('A,9876500001.0,,,,,,,'),
  good('A,="9876500002",,,,,,,'),
  good("A,'+919876500003,,,,,,,"),
  good('A,00919876500004,,,,,,,'),
  good('A,09876500005,,,,,,,'),
  good('A,+91 (0) 98765-00006,,,,,,,'),
  good('A,\u202a+91 98765 00007\u202c,,,,,,,'),
  good('A,९८७६५ ००००८,,,,,,,'),
  good('A,https://wa.me/919876500009,,,,,,,'),
  good('A,"+91 98765\n00010",,,,,,,', 2),
  good('A,\ufeff9876500011,,,,,,,'),
  good('A,9.876500012E9,,,,,,,'),
  // numbers
  bad('A,9876500020,,,high,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,-1,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,1.5,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,99999999999,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,NaN,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,0x1F,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,1e3,,,,', 'Engagement Score', whole),
  bad('A,9876500020,,,,a lot,,,', 'Total Spent', amount),
  bad('A,9876500020,,,,-5,,,', 'Total Spent', amount),
  bad('A,9876500020,,,,1.2.3,,,', 'Total Spent', amount),
  bad('A,9876500020,,,,"12,34",,,', 'Total Spent', amount),
  bad('A,9876500020,,,,9999999999999,,,', 'Total Spent', amount),
  bad('A,9876500020,,,,Infinity,,,', 'Total Spent', amount),
  bad('A,9876500020,,,,,two,,', 'Total Orders', whole),
  bad('A,9876500020,,,,,-3,,', 'Total Orders', whole),
  bad('A,9876500020,,,,,2147483648,,', 'Total Orders', whole),
  good('A,9876500021,,,7.0,"1,23,456.50",12.0,,'),
  good('A,9876500022,,,"1,200",₹499,0,,'),
  good('A,9876500023,,,0,Rs. 1499.5,2147483647,,'),
  good('A,9876500024,,,,999999999999.99,,,'),
  // times
  bad('A,9876500030,,,,,,31/12/2024,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2024-02-30,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2023-02-29,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2024-13-01,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2024-1-5,', 'Last Order At', time),
  bad('A,9876500030,,,,,,yesterday,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2024-01-05T25:00:00Z,', 'Last Order At', time),
  bad('A,9876500030,,,,,,2024-01-05T10:00:00+99:00,', 'Last Order At', time),
  bad('A,9876500030,,,,,,45291,', 'Last Order At', time),
  bad('A,9876500030,,,,,,0000-01-01,', 'Last Order At', time),
  bad('A,9876500030,,,,,,,soon', 'lastOrderDays', /expected whole days/),
  bad('A,9876500030,,,,,,,-1', 'lastOrderDays', /expected whole days/),
  bad('A,9876500030,,,,,,,1.5', 'lastOrderDays', /expected whole days/),
  good('A,9876500031,,,,,,2024-02-29,'),
  good('A,9876500032,,,,,,2024-11-05T10:30,'),
  good('A,9876500033,,,,,,2024-11-05 10:30:00.123456+0530,'),
  good('A,9876500034,,,,,,2024-11-05T10:30:00Z,'),
  good('A,9876500035,,,,,,,0'),
  good('A,9876500036,,,,,,,400'),
  // texts
  bad('A,9876500040,asha,,,,,,', 'Email', email),
  bad('A,9876500040,asha@,,,,,,', 'Email', email),
  bad('A,9876500040,a b@example.com,,,,,,', 'Email', email),
  bad('A,9876500040,a@b@c,,,,,,', 'Email', email),
  bad(`${'n'.repeat(201)},9876500040,,,,,,,`, 'Name', /at most 200 characters/),
  bad(`A,9876500040,,${'t'.repeat(201)},,,,,`, 'Tags', /at most 100 tags/),
  bad(`A,9876500040,,${Array.from({ length: 101 }, (_, i) => i).join(';')},,,,,`, 'Tags', /at most 100 tags/),
  bad('A\0B,9876500040,,,,,,,', 'Name', /cannot be read/),
  bad('Jos\ufffd,9876500040,,,,,,,', 'Name', /cannot be read/),
  good('  Asha   ,  9876500041 , asha@example.com ,,,,,,'),
  good("'=cmd|' /C calc'!A0,9876500042,,,,,,,"),
  good('O\'Brien "Bob",9876500043,,,,,,,'),
  good('"Rao, Asha",9876500044,,"vip|new;vip",,,,,'),
  good('"say ""hi""",9876500045,,;;|,,,,,'),
  good('😀 आशा,9876500046,,,,,,,'),
  good('A,9876500047'),
  good('A,9876500048,,,,,,,,,,,'),
  good(',9876500049,,,,,,,'),
  good('<script>alert(1)</script>,9876500050,,,,,,,'),
  good('\\N,9876500051,,\\.,,,,,'),
  good('"{""a\\b"",""c""}",9876500052,,"{x,""y"",\\}",,,,,'),
  good('A\u00a0B,9876500053,,,,,,,'),
  // the shape of the line
  bad('A,9876500060,,,,,,,,extra', null, /expected at most 9 cells/),
  bad('A,9876500060,,,,,,,,,,,,,,,,,,,x', null, /expected at most 9 cells/),
  bad('"A"x,9876500060,,,,,,,', 'Name', /text after a closing quote/),
  bad('A,9876500060,"a@example.com,,,,,,', 'Email', /a quote that is opened and not closed/),
  bad('"A,9876500060,,,,,,,', 'Name', /a quote that is opened and not closed/),
  bad(`A,9876500060,,${'x'.repeat(1_000_001)},,,,,`, 'Tags', /a cell over 1 MB/),
  good('"A\r\nB",9876500061,,,,,,,', 2),
  good('A "quoted" word,9876500062,,,,,,,'),
  good(' "Rao, A" ,9876500063,,,,,,,'),
  good('"","9876500064","","","","","","",""'),
];

/** The first of the lines whose files are refused as a whole. */
export const refusedFiles: readonly [
  name: string,
  body: string | Uint8Array<ArrayBuffer>,
  message: RegExp,
][] = [
  ['an empty file', '', /The file is empty/],
  ['only a byte order mark', '\ufeff', /The file is empty/],
  ['only blank lines', '\n  \r\n\n', /The file is empty/],
  ['no column for the phone', 'name,email\nA,a@example.com\n', /No column is the phone/],
  ['a header that occurs twice', 'phone,name,name\n+919876543210,A,B\n', /The header "name" occurs twice/],
  ['a header that occurs twice in other case', 'phone,City,city\n1,A,B\n', /The header "city" occurs twice/],
  ['an open quote in the header', '"phone,name\n+919876543210,A\n', /The header has a quote that is opened/],
  [
    'more than 1,000 columns',
    `phone,${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`,
    /more than 1000 columns/,
  ],
  ['NUL in the header', 'phone\0,phone,x\n', /characters that cannot be read/],
  ['an Excel workbook', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]), /Excel workbook/],
  ['a header without an end', 'x'.repeat(3_000_000), /header/],
];
