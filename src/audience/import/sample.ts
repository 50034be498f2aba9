import { csvLine } from '../../infra/csv';
import { ImportKind } from './kind';

const rowCount = 5000;
const firstNames = ['Asha', 'Ravi', 'Priya', 'Arjun', 'Meera', 'Vikram', 'Kavya', 'Rohan', 'Anita', 'Imran'];
const lastNames = ['Sharma', 'Patel', 'Reddy', 'Khan', 'Iyer', 'Das', 'Verma', 'Nair'];
const places = [
  ['Mumbai', 'Maharashtra'],
  ['Pune', 'Maharashtra'],
  ['Delhi', 'Delhi'],
  ['Chennai', 'Tamil Nadu'],
  ['Kolkata', 'West Bengal'],
] as const;

const pick = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;

type Mistake = readonly [column: string, value: string];

const badPhones: readonly Mistake[] = [
  ['Mobile No', ''],
  ['Mobile No', '12345'],
  ['Mobile No', 'not given'],
  ['Mobile No', '9.19877E+11'],
];

/** What is wrong with the bad lines, by column; the 20 lines are spread over the file. */
const mistakes: Record<ImportKind, readonly Mistake[]> = {
  [ImportKind.LEADS]: [
    ...badPhones,
    ['Email', 'asha(at)example.com'],
    ['Status', 'PERHAPS'],
    ['Quality', 'LUKEWARM'],
  ],
  [ImportKind.CUSTOMERS]: [
    ...badPhones,
    ['Email', 'asha(at)example.com'],
    ['Total Spent', 'a lot'],
    ['Total Orders', '-3'],
    ['Last Order At', '31/12/2024'],
    ['Engagement Score', 'high'],
  ],
  [ImportKind.OPTOUTS]: [...badPhones, ['Mobile No', '98765'], ['Mobile No', '+91']],
};

/** The 20 bad lines: the 100th row and every 250th after it. */
const isBad = (row: number) => row % 250 === 100;

/** An example file of a kind, line by line: 5,000 rows, 20 of them bad. Always the same. */
export function* sampleFile(kind: ImportKind): Generator<string, void> {
  const headers = Object.keys(sampleRow(kind, 0));
  yield csvLine(headers);
  for (let i = 0; i < rowCount; i++) {
    const cells = sampleRow(kind, i);
    const [column, value] = pick(mistakes[kind], Math.floor(i / 250));
    yield csvLine(headers.map((header) => (isBad(i) && header === column ? value : (cells[header] ?? ''))));
  }
}

function sampleRow(kind: ImportKind, i: number): Record<string, string> {
  const phone = `+9198${String(10_000_000 + i * 1009).slice(-8)}`;
  if (kind === ImportKind.OPTOUTS)
    return { 'Mobile No': phone, Reason: pick(['asked on the phone', 'wrote an e-mail', ''], i) };
  const name = `${pick(firstNames, i)} ${pick(lastNames, Math.floor(i / 10))}`;
  const email = `${name.toLowerCase().replace(' ', '.')}.${i}@example.com`;
  const tags = pick(['vip;newsletter', 'newsletter', ''], i);
  const [city, state] = pick(places, i);
  if (kind === ImportKind.LEADS) {
    const status = pick(['New', 'Contacted', 'Qualified'], i);
    const quality = pick(['Hot', 'Warm', 'Cold'], i);
    return {
      Name: name,
      'Mobile No': phone,
      Email: email,
      Status: status,
      Quality: quality,
      City: city,
      State: state,
      Tags: tags,
    };
  }
  return {
    Name: name,
    'Mobile No': phone,
    Email: email,
    'Engagement Score': String(i % 11),
    'Total Spent': `${(i * 37) % 20_000}.50`,
    'Total Orders': String(1 + (i % 12)),
    'Last Order At': `2024-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')}`,
    Tags: tags,
    'Favourite Colour': pick(['Red', 'Blue', 'Green'], i),
  };
}
