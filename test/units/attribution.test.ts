import { readFileSync } from 'node:fs';
import { attribute } from '../../src/tracking/attribution';
import type { Attribution, Candidate } from '../../src/tracking/attribution';
import { decideRefund } from '../../src/tracking/refunds';

const hour = 3_600_000;
const day = 24 * hour;
const occurredAt = new Date('2026-11-22T10:00:00.000Z');
const before = (ms: number) => new Date(occurredAt.getTime() - ms);
const place = (campaignId: string) => ({ campaignId, seq: 1 });

/** A message that arrived, `agoMs` before the order. */
const message = (campaignId: string, agoMs: number, more: Partial<Candidate> = {}): Candidate => ({
  ...place(campaignId),
  at: before(agoMs),
  arrived: true,
  heldOut: false,
  ...more,
});
const notArrived = (campaignId: string, agoMs: number) => message(campaignId, agoMs, { arrived: false });
const heldOut = (campaignId: string, agoMs: number) =>
  message(campaignId, agoMs, { arrived: false, heldOut: true });
const byPhone = (campaignId: string): Attribution => ({ to: place(campaignId), by: 'PHONE' });

/** The names are those of the table in docs/attribution.md. */
const cases: [name: string, click: string | undefined, candidates: Candidate[], expected: Attribution][] = [
  ['a click of the message', 'A', [], { to: place('A'), by: 'CLICK' }],
  [
    'a click, and a later message of another campaign',
    'A',
    [message('B', hour)],
    { to: place('A'), by: 'CLICK' },
  ],
  [
    'a click on a message sent after the time of the order',
    'A',
    [message('A', -hour)],
    { to: place('A'), by: 'CLICK' },
  ],
  [
    'a click before the message was reported delivered',
    'A',
    [notArrived('A', hour)],
    { to: place('A'), by: 'CLICK' },
  ],
  ['one message to the phone', undefined, [message('A', hour)], byPhone('A')],
  ['two campaigns to one person', undefined, [message('A', 2 * day), message('B', hour)], byPhone('B')],
  [
    'two campaigns, listed the other way round',
    undefined,
    [message('B', hour), message('A', 2 * day)],
    byPhone('B'),
  ],
  [
    'the later message did not arrive',
    undefined,
    [message('A', 2 * day), notArrived('B', hour)],
    byPhone('A'),
  ],
  ['no message arrived', undefined, [notArrived('A', hour)], {}],
  ['the order before the message', undefined, [message('A', -1)], {}],
  ['the order at the moment of the message', undefined, [message('A', 0)], byPhone('A')],
  ['an order between two messages', undefined, [message('A', hour), message('B', -hour)], byPhone('A')],
  ['a message just within the days', undefined, [message('A', 7 * day - 1)], byPhone('A')],
  ['a message just outside the days', undefined, [message('A', 7 * day)], {}],
  ['nobody with this phone got a message', undefined, [], {}],
  ['held out, and no other message', undefined, [heldOut('A', hour)], { heldOut: place('A') }],
  [
    'held out, and an earlier message of another campaign',
    undefined,
    [heldOut('A', hour), message('B', day)],
    { ...byPhone('B'), heldOut: place('A') },
  ],
  [
    'held out, and a later message of another campaign',
    undefined,
    [heldOut('A', day), message('B', hour)],
    byPhone('B'),
  ],
  [
    'held out, and a later message that did not arrive',
    undefined,
    [heldOut('A', day), notArrived('B', hour)],
    { heldOut: place('A') },
  ],
  ['held out by two campaigns', undefined, [heldOut('A', day), heldOut('B', hour)], { heldOut: place('B') }],
  ['held out, and the order before the start', undefined, [heldOut('A', -hour)], {}],
  ['held out more days ago than an order counts', undefined, [heldOut('A', 8 * day)], {}],
  ['held out, and a click on another campaign', 'B', [heldOut('A', hour)], { to: place('B'), by: 'CLICK' }],
];

test.each(cases)('%s', (_name, click, candidates, expected) => {
  expect(attribute({ occurredAt, attributionDays: 7 }, click ? place(click) : undefined, candidates)).toEqual(
    expected,
  );
});

test('the days are those of the business', () => {
  const candidates = [message('A', 20 * day)];
  expect(attribute({ occurredAt, attributionDays: 30 }, undefined, candidates)).toEqual(byPhone('A'));
  expect(attribute({ occurredAt, attributionDays: 1 }, undefined, [message('A', 2 * day)])).toEqual({});
});

const paid = { value: '500.00', currency: 'INR', refunded: '0', isRefund: false };
const refunds: [
  name: string,
  order: Parameters<typeof decideRefund>[0],
  refund: object,
  expected: unknown,
][] = [
  ['a refund without a value', paid, {}, { value: '500.00', currency: 'INR' }],
  ['a refund of a part', paid, { value: '120.50', currency: 'INR' }, { value: '120.50', currency: 'INR' }],
  ['what is left after a part', { ...paid, refunded: '120.50' }, {}, { value: '379.50', currency: 'INR' }],
  ['a refund of more than was paid', paid, { value: '500.01' }, { field: 'value' }],
  ['a refund of more than is left', { ...paid, refunded: '120.50' }, { value: '400' }, { field: 'value' }],
  ['a refund of nothing', paid, { value: '0.00' }, { field: 'value' }],
  ['a second refund of everything', { ...paid, refunded: '500' }, {}, { field: 'refundOf' }],
  ['a refund in another currency', paid, { currency: 'USD' }, { field: 'currency' }],
  ['a refund before its order', undefined, {}, { field: 'refundOf' }],
  ['a refund of a refund', { ...paid, isRefund: true }, {}, { field: 'refundOf' }],
  ['a refund of an order without a value', { ...paid, value: null }, {}, { value: null }],
  [
    'a refund with a value of an order without one',
    { ...paid, value: null },
    { value: '1' },
    { field: 'value' },
  ],
];

test.each(refunds)('%s', (_name, order, refund, expected) => {
  expect(decideRefund(order, refund)).toMatchObject(expected as object);
});

/** Rows that are no case of these functions: test/api/attribution.test.ts shows them with requests. */
const byRequest = ['the same refund twice'];

test('docs/attribution.md lists every case, and each of its rows is a case', () => {
  const tables = readFileSync('docs/attribution.md', 'utf8').matchAll(/^\| (.+?) +\|/gm);
  const listed = [...tables]
    .map(([, name]) => name)
    .filter((name) => name !== 'case' && !name?.startsWith('---'));
  const shown = [...cases, ...refunds].map(([name]) => name).concat(byRequest);
  expect(listed.sort()).toEqual(shown.sort());
});
