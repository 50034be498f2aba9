import { ContactKind } from '../../src/audience/audience';
import { checkFilter } from '../../src/audience/filter/check';
import { filterCondition } from '../../src/audience/filter/compile';
import type { AudienceFilter } from '../../src/audience/filter/filter';
import { resolveFilter, Unresolvable } from '../../src/audience/filter/resolve';
import type { SavedFilter } from '../../src/audience/filter/resolve';
import { UserError } from '../../src/infra/errors';

const { LEAD, CUSTOMER } = ContactKind;
const both = [LEAD, CUSTOMER];

/** A filter with `levels` objects within each other. */
function nested(levels: number, inner: AudienceFilter = { hasEmail: true }): AudienceFilter {
  return levels <= 1 ? inner : { not: nested(levels - 1, inner) };
}

const conditions = (count: number): AudienceFilter => ({
  attributes: Array.from({ length: count }, (_, i) => ({ name: `a${i}`, exists: true })),
});

function errorOf(filter: unknown, kinds = both): { field: unknown; message: string } | undefined {
  try {
    checkFilter(filter as AudienceFilter, kinds, 'input.filter');
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { field: error.extensions.field, message: error.message };
  }
}

// The tests take their rows as rest parameters: in place of a named one that a row lacks, Jest would give its callback.
const attribute = (condition: Record<string, unknown>) => ({ attributes: [{ name: 'a', ...condition }] });

test.each<[what: string, filter: unknown, field: string, message: RegExp, kinds?: ContactKind[]]>([
  ['a field of one kind, for both', { city: ['Pune'] }, 'city', /leads and customers.*kind/],
  [
    'the same in a branch',
    { or: [{ tags: ['a'] }, { totalSpent: { gte: '1' } }] },
    'or.1.totalSpent',
    /leads and customers/,
  ],
  ['a field of customers, for leads', { totalOrders: { eq: 1 } }, 'totalOrders', /field of leads/, [LEAD]],
  [
    'a field of leads in a branch of customers',
    { or: [{ kind: CUSTOMER, city: ['P'] }] },
    'or.0.city',
    /field of customers/,
  ],
  [
    'the same below the branch',
    { kind: CUSTOMER, not: { and: [{ city: ['P'] }] } },
    'not.and.0.city',
    /field of customers/,
  ],
  ['the kind said only in a sibling of or', { or: [{ kind: LEAD }, { city: ['P'] }] }, 'or.1.city', /kind/],
  ['the kind denied', { not: { kind: CUSTOMER }, city: ['P'] }, 'city', /kind/],
  ['an empty list', { tags: [] }, 'tags', /at least one value/],
  ['an empty list in a branch', { not: { tagsAll: [] } }, 'not.tagsAll', /at least one value/],
  ['an empty and', { and: [] }, 'and', /at least one filter/],
  ['an empty or', { or: [{ or: [] }] }, 'or.0.or', /at least one filter/],
  ['101 filters in or', { or: Array(101).fill({}) }, 'or', /at most 100 filters/],
  ['no attributes', { attributes: [] }, 'attributes', /at least one condition/],
  ['no outcomes', { campaign: { campaignId: 'x', outcome: [] } }, 'campaign.outcome', /at least one value/],
  ['a blank value', { tags: ['a', ' '] }, 'tags', /1 to 200 characters/],
  ['a NUL', { tagsAll: ['a\0'] }, 'tagsAll', /1 to 200 characters/],
  ['1001 values', { tags: Array(1001).fill('a') }, 'tags', /at most 1000/],
  ['seven levels', nested(7), 'not.not.not.not.not.not', /at most 6 deep/],
  ['101 conditions', conditions(101), '', /at most 100 conditions, not 101/],
  [
    '101 conditions all over',
    { and: [conditions(50), { hasEmail: true, not: conditions(50) }] },
    '',
    /not 101/,
  ],
  ['no end', { createdDays: {} }, 'createdDays', /gte, lte or both/],
  ['eq and an end', { createdDays: { eq: 1, lte: 2 } }, 'createdDays', /eq without/],
  ['two lower ends', { createdDays: { gt: 1, gte: 2 } }, 'createdDays', /gt or gte/],
  ['two upper ends', { createdDays: { lt: 1, lte: 2 } }, 'createdDays', /lt or lte/],
  ['ends the wrong way round', { createdDays: { gte: 2, lte: 1 } }, 'createdDays', /gte not above lte/],
  ['open ends that meet', { createdDays: { gt: 1, lte: 1 } }, 'createdDays', /gt below lte/],
  ['negative days', { createdDays: { eq: -1 } }, 'createdDays', /0 to 36500/],
  [
    'amounts the wrong way round',
    { totalSpent: { gt: '10', lt: '9.5' } },
    'totalSpent',
    /gt not above lt/,
    [CUSTOMER],
  ],
  ['no operator', attribute({}), 'attributes.0', /exactly one of/],
  ['two operators', attribute({ eq: 1, contains: 'x' }), 'attributes.0', /exactly one of/],
  ['an operator and a range', attribute({ exists: true, gte: 1 }), 'attributes.0', /exactly one of/],
  ['an object as value', attribute({ eq: { a: 1 } }), 'attributes.0.eq', /a text, a number, true or false/],
  ['a list as value', attribute({ in: ['a', ['b']] }), 'attributes.0.in.1', /a text, a number/],
  ['an empty in', attribute({ in: [] }), 'attributes.0.in', /at least one value/],
  ['true as the end of a range', attribute({ gt: true }), 'attributes.0.gt', /a number or a text/],
  ['a number and a text as ends', attribute({ gte: 1, lte: 'z' }), 'attributes.0', /both ends numbers/],
  ['numbers the wrong way round', attribute({ gte: '10', lte: 9 }), 'attributes.0', /gte not above lte/],
  ['an empty part', attribute({ contains: '' }), 'attributes.0.contains', /1 to 1000/],
  [
    'a blank name',
    { or: [{ attributes: [{ name: ' ', eq: 1 }] }] },
    'or.0.attributes.0.name',
    /name of an attribute/,
  ],
  ['a long name', { attributes: [{ name: 'n'.repeat(101), eq: 1 }] }, 'attributes.0.name', /1 to 100/],
])('%s is refused with its path', (...[, filter, field, message, kinds]) => {
  expect(errorOf(filter, kinds)).toEqual({
    field: ['input.filter', ...(field === '' ? [] : [field])].join('.'),
    message: expect.stringMatching(message) as unknown,
  });
});

test.each<[what: string, filter: AudienceFilter, kinds?: ContactKind[]]>([
  ['nothing', {}],
  ['nulls', { tags: null, and: null, not: null, attributes: null }],
  ['six levels', nested(6)],
  ['100 conditions', conditions(100)],
  [
    'fields in branches that say their kind',
    {
      or: [
        { kind: LEAD, city: ['P'] },
        { kind: CUSTOMER, totalSpent: { eq: '1' } },
      ],
    },
  ],
  [
    'fields below a branch that says its kind',
    { kind: LEAD, or: [{ not: { city: ['P'] } }, { status: ['NEW' as never] }] },
  ],
  ['fields in an and with the kind', { and: [{ kind: CUSTOMER }, { totalOrders: { gt: 1 } }] }],
  ['a branch of the other kind', { or: [{ kind: CUSTOMER, totalOrders: { gt: 1 } }] }, [LEAD]],
  ['a number and its text as ends', attribute({ gte: 9, lte: '10' })],
  ['texts in any order', attribute({ gte: '2026-02-01', lt: '2026-01-01' })],
])('%s is allowed', (...[, filter, kinds]) => {
  expect(errorOf(filter, kinds)).toBeUndefined();
});

test('names and values go into no statement', () => {
  const evil = `x'); DROP TABLE leads; --`;
  const filter: AudienceFilter = {
    tags: [evil],
    attributes: [
      { name: evil, eq: evil },
      { name: evil, contains: evil },
      { name: evil, in: [evil, 1] },
      { name: evil, lt: evil },
    ],
    or: [{ city: [evil] }, { assignedUserId: evil }, { campaign: { campaignId: evil } }],
  };
  const parameters: unknown[] = [];
  const checked = checkFilter(filter, [LEAD], 'filter').filter;
  const sql = filterCondition(
    resolveFilter(checked, new Map()),
    LEAD,
    evil,
    (value) => `$${parameters.push(value)}`,
  );
  expect(sql).not.toContain('DROP');
  expect(parameters.flat()).toContain(evil);
});

describe('segments in filters', () => {
  const saved = (filter: AudienceFilter): SavedFilter => ({ kinds: both, filter });
  /** Segment i uses the next one `times` times. */
  const chain = (length: number, times: number) =>
    new Map(
      Array.from({ length }, (_, i) => [
        `s${i}`,
        saved(
          i === length - 1
            ? { hasEmail: true }
            : { or: Array.from({ length: times }, () => ({ segmentId: `s${i + 1}` })) },
        ),
      ]),
    );

  it('are put in their place, at most six within each other', () => {
    expect(resolveFilter({ segmentId: 's0' }, chain(6, 1))).toMatchObject({ segment: { kinds: both } });
    expect(() => resolveFilter({ segmentId: 's0' }, chain(7, 1))).toThrow(/at most 6 deep/);
  });

  it('cannot make a statement of any size', () => {
    expect(() => resolveFilter({ segmentId: 's0' }, chain(6, 10))).toThrow(/at most 1000 conditions/);
  });

  it('cannot contain themselves', () => {
    const circle = new Map([
      ['s0', saved({ not: { segmentId: 's1' } })],
      ['s1', saved({ and: [{ segmentId: 's0' }] })],
    ]);
    expect(() => resolveFilter({ segmentId: 's0' }, circle)).toThrow(Unresolvable);
    expect(() => resolveFilter({ segmentId: 's1' }, circle, ['s0'])).toThrow(/does not contain itself/);
  });
});
