import { fields, fieldNames, rareOperators, valuesOf } from '../../web/src/audience/fields';
import { fromFilter } from '../../web/src/audience/from-filter';
import { incompleteIn, numberIn, problemOf } from '../../web/src/audience/problem';
import { conditionCount, deepest, depthOf, toFilter } from '../../web/src/audience/to-filter';
import { condition, group, kept, replaceRow } from '../../web/src/audience/tree';
import type { Audience, Condition, Group, GroupMode, Row, Scalar } from '../../web/src/audience/tree';
import type { AudienceFilterInput, ContactKind, RecipientOutcome } from '../../web/src/generated/graphql';

const both: ContactKind[] = ['LEAD', 'CUSTOMER'];
const scopes: ContactKind[][] = [['LEAD'], ['CUSTOMER'], both];

/** Numbers from 0 to 1, the same for the same seed. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Random audiences and filters. */
class Source {
  constructor(private readonly next: () => number) {}

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  some<T>(list: readonly T[]): T[] {
    const chosen = list.filter(() => this.next() < 0.5);
    return chosen.length > 0 ? chosen : [this.one(list)];
  }

  private texts(): string[] {
    return this.some(['Pune', 'मुंबई', 'São Paulo', 'a"b', "O'Neill", '1,5', '{{x}}']);
  }

  condition(kinds: readonly ContactKind[]): Condition {
    const field = this.one(
      fieldNames.filter((name) => {
        const { of } = fields[name];
        // A condition on the kind changes what the rows beside it may say: it has tests of its own.
        return name !== 'kind' && (of === undefined || kinds.includes(of));
      }),
    );
    const { value, operators, options } = fields[field];
    const rare = value === 'whole' || value === 'amount' || value === 'attribute' ? rareOperators : [];
    const operator = this.one([...operators, ...rare]);
    const needed = valuesOf(operator);
    const number = (from: number): Scalar =>
      value === 'amount' ? `${from + this.below(90)}.5` : value === 'whole' ? from + this.below(90) : from;
    const values: readonly Scalar[] =
      needed === 'none'
        ? []
        : needed === 'two'
          ? [number(5), number(200)]
          : options
            ? this.some(options)
            : value === 'whole' || value === 'amount'
              ? [number(0)]
              : value === 'attribute'
                ? needed === 'many'
                  ? this.some<Scalar>(['gold', 7, true])
                  : [operator.endsWith('contains') ? 'gold' : this.one<Scalar>(['gold', 7, '7'])]
                : value === 'texts'
                  ? this.texts()
                  : [`id-${this.below(9)}`];
    return condition({
      field,
      operator,
      values,
      name: field === 'attribute' ? this.one(['plan', 'जन्मदिन', 'a.b']) : '',
      outcomes:
        field === 'campaign' && this.next() < 0.7 ? this.some<RecipientOutcome>(['READ', 'NOT_READ']) : [],
    });
  }

  group(mode: GroupMode, kinds: readonly ContactKind[], levels: number): Group {
    const row = (): Row =>
      levels > 0 && this.next() < 0.4
        ? this.group(this.one(['all', 'any', 'none']), kinds, levels - 1)
        : this.condition(kinds);
    return group(mode, Array.from({ length: 1 + this.below(3) }, row));
  }

  audience(kinds: readonly ContactKind[]): Audience {
    const include = this.group(this.one(['all', 'any']), kinds, 1);
    const leaveOut = this.next() < 0.5 ? group('none') : this.group('none', kinds, 0);
    return { include: this.next() < 0.1 ? group('all') : include, leaveOut };
  }

  /** A filter as any program may write it, of at most `levels` objects within each other. */
  filter(kinds: readonly ContactKind[], levels: number): AudienceFilterInput {
    const filter: Record<string, unknown> = {};
    const scope = this.next() < 0.15 ? [this.one(kinds)] : kinds;
    if (scope !== kinds) filter.kind = scope[0];
    for (let left = this.below(4); left > 0; left -= 1) {
      const leaf = this.leaf(scope);
      if (leaf.attributes && filter.attributes) (filter.attributes as unknown[]).push(...leaf.attributes);
      else Object.assign(filter, leaf);
    }
    const branches = () => Array.from({ length: 1 + this.below(3) }, () => this.filter(scope, levels - 1));
    if (levels > 1) {
      if (this.next() < 0.4) filter.and = branches();
      if (this.next() < 0.4) filter.or = branches();
      if (this.next() < 0.3) filter.not = this.filter(scope, levels - 1);
    }
    return this.next() < 0.2 ? { ...filter, hasEmail: null } : filter;
  }

  private leaf(kinds: readonly ContactKind[]): AudienceFilterInput {
    if (this.next() < 0.05) return { fieldOfLater: { deep: [1] } } as AudienceFilterInput;
    const row = this.condition(kinds);
    const positive = { ...row, operator: row.operator.replace('not ', '') } as Condition;
    const filter = toFilter({ include: group('all', [positive]), leaveOut: group('none') }, kinds);
    const { kind, ...leaf } = filter;
    // Where both are meant, a leaf without its kind would be refused.
    return kind ? { and: [filter] } : leaf;
  }
}

/** Whether a filter matches in a world in which each single condition holds or not. */
function matches(filter: AudienceFilterInput, holds: (leaf: string) => boolean): boolean {
  return Object.entries(filter).every(([key, value]) => {
    if (value === null || value === undefined) return true;
    if (key === 'and') return (value as AudienceFilterInput[]).every((one) => matches(one, holds));
    if (key === 'or') return (value as AudienceFilterInput[]).some((one) => matches(one, holds));
    if (key === 'not') return !matches(value as AudienceFilterInput, holds);
    if (key === 'attributes') return (value as unknown[]).every((one) => holds(JSON.stringify(one)));
    return holds(`${key} ${JSON.stringify(value)}`);
  });
}

/** A world of its own for each seed, in which every contact is a lead or a customer. */
function world(seed: number): (leaf: string) => boolean {
  const kind = seed % 2 ? 'LEAD' : 'CUSTOMER';
  const known = new Map<string, boolean>();
  return (leaf) => {
    if (leaf.startsWith('kind ')) return leaf === `kind "${kind}"`;
    let holds = known.get(leaf);
    if (holds === undefined) {
      let hash = seed;
      for (const letter of leaf) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
      holds = random(hash)() < 0.5;
      known.set(leaf, holds);
    }
    return holds;
  };
}

/** Without the ids, which are new each time. */
const shape = (audience: Audience): unknown =>
  JSON.parse(JSON.stringify(audience, (key, value: unknown) => (key === 'id' ? undefined : value)));

test('500 random audiences come back from their filters row by row, in their order', () => {
  const source = new Source(random(20_261_126));
  for (let i = 0; i < 500; i += 1) {
    const kinds = source.one(scopes);
    const audience = source.audience(kinds);
    const filter = toFilter(audience, kinds);
    expect(shape(fromFilter(filter, kinds))).toEqual(shape(audience));
    expect(depthOf(filter)).toBeLessThanOrEqual(deepest);
  }
});

test('300 random filters mean the same people after they were shown, and nest no deeper than the API allows', () => {
  const source = new Source(random(7));
  const worlds = Array.from({ length: 16 }, (_, i) => world(i + 1));
  let rearranged = 0;
  for (let i = 0; i < 300; i += 1) {
    const kinds = source.one(scopes);
    const filter = source.filter(kinds, deepest);
    if (depthOf(filter) > deepest) continue; // a leaf of one kind added a level
    const again = toFilter(fromFilter(filter, kinds), kinds);
    expect([filter, again, depthOf(again) <= deepest]).toEqual([filter, again, true]);
    rearranged += Number(JSON.stringify(again) !== JSON.stringify(filter));
    const people = (one: AudienceFilterInput) => worlds.map((holds) => matches(one, holds));
    if (String(people(again)) !== String(people(filter))) expect(again).toEqual(filter); // never equal: shows both
  }
  expect(rearranged).toBeGreaterThan(60);
});

test('what the builder has no row for is kept as it is', () => {
  const foreign = [
    { fieldOfLater: { a: 1 } },
    { or: [{}, { tags: ['vip'] }] },
    { not: {} },
    { totalSpent: { about: '5' } },
    { campaign: { campaignId: 'c', outcome: [], since: 3 } },
    { attributes: [{ name: 'plan', matches: '.*' }] },
    { status: ['OF_LATER'] },
  ] as AudienceFilterInput[];
  for (const filter of foreign) {
    const audience = fromFilter(filter, both);
    const again = JSON.stringify(toFilter(audience, both));
    const [key, value] = Object.entries(filter)[0] ?? [];
    if (key !== 'or' && key !== 'not')
      expect(again).toContain(JSON.stringify({ [key as string]: value as unknown }));
    else expect(again).toContain('{}');
  }
});

describe('a condition', () => {
  const complete: Partial<Condition>[] = [
    { field: 'city', values: ['Pune'] },
    { field: 'city', pending: ' Pune ' },
    { field: 'totalSpent', operator: 'gte', values: ['1,00,000.50'] },
    { field: 'totalOrders', operator: 'gte lte', values: ['2', '2'] },
    { field: 'attribute', operator: 'exists', name: 'plan' },
    { field: 'hasEmail', operator: 'missing' },
  ];
  const incomplete: [Partial<Condition>, string][] = [
    [{}, 'field'],
    [{ field: 'city' }, 'value'],
    [{ field: 'city', values: [' '] }, 'value'],
    [{ field: 'city', pending: 'x'.repeat(201) }, 'long'],
    [{ field: 'segment' }, 'segment'],
    [{ field: 'campaign', values: [''] }, 'campaign'],
    [{ field: 'attribute', operator: 'eq', values: ['x'] }, 'name'],
    [{ field: 'attribute', operator: 'eq', name: 'plan', values: [''] }, 'value'],
    [{ field: 'totalSpent', operator: 'gte', values: ['a lot'] }, 'amount'],
    [{ field: 'totalSpent', operator: 'gte', values: ['1,5'] }, 'amount'],
    [{ field: 'totalOrders', operator: 'gte', values: ['1.5'] }, 'whole'],
    [{ field: 'lastOrderDays', operator: 'lte', values: ['-1'] }, 'days'],
    [{ field: 'totalOrders', operator: 'gte lte', values: ['5', '2'] }, 'order'],
    [{ field: 'totalOrders', operator: 'gte lte', values: ['5'] }, 'value'],
  ];

  it.each(complete)('is complete: %j', (values) => {
    expect(problemOf(condition(values), both)).toBeUndefined();
  });

  it.each(incomplete)('%j lacks: %s', (values, problem) => {
    expect(problemOf(condition(values), both)).toBe(problem);
  });

  it('has at most 1,000 values', () => {
    const values = Array.from({ length: 1001 }, (_, i) => String(i));
    expect(problemOf(condition({ field: 'city', values }), both)).toBe('many');
    expect(problemOf(condition({ field: 'city', values: values.slice(1) }), both)).toBeUndefined();
  });

  it('on a field that the audience does not have is left out, and the others stay', () => {
    const rows = [
      condition({ field: 'city', values: ['Pune'] }),
      condition({ field: 'tags', values: ['vip'] }),
    ];
    const audience = { include: group('all', rows), leaveOut: group('none') };
    expect(toFilter(audience, ['CUSTOMER'])).toEqual({ tags: ['vip'] });
    expect(toFilter(audience, ['LEAD'])).toEqual({ and: [{ city: ['Pune'] }, { tags: ['vip'] }] });
    expect(toFilter(audience, both)).toEqual({ and: [{ kind: 'LEAD', city: ['Pune'] }, { tags: ['vip'] }] });
  });

  it('on the kind decides which fields the rows beside it may have', () => {
    const rows = [
      condition({ field: 'kind', operator: 'eq', values: ['LEAD'] }),
      condition({ field: 'city', values: ['Pune'] }),
      condition({ field: 'totalOrders', operator: 'gte', values: [1] }),
    ];
    const audience = { include: group('all', rows), leaveOut: group('none') };
    expect(toFilter(audience, both)).toEqual({ and: [{ kind: 'LEAD' }, { city: ['Pune'] }] });
  });

  it('reads numbers as people write them', () => {
    expect(['1,000', '1,00,000.5', ' 12 ', '-3'].map(numberIn)).toEqual(['1000', '100000.5', '12', '-3']);
    expect(['', '1,5', '1e3', '0x1', 'ten', '1.2.3', '१२'].map(numberIn)).toEqual(Array(7).fill(undefined));
  });
});

test('a row is replaced or removed, and the others stay the same objects', () => {
  const [first, second] = [condition({ field: 'city' }), group('any', [condition()])];
  const root = group('all', [first, second]);
  const other = condition({ field: 'state' });
  expect(replaceRow(root, first.id, other).rows).toEqual([other, second]);
  expect(replaceRow(root, first.id).rows).toEqual([second]);
  expect(replaceRow(root, first.id).rows[0]).toBe(second);
});

test('incomplete conditions are counted at any depth, by the kind that is meant there', () => {
  const customers = condition({ field: 'kind', operator: 'eq', values: ['CUSTOMER'] });
  const lead = condition({ field: 'city', values: ['Pune'] });
  const root = group('any', [lead, group('all', [customers, lead]), group('none', [condition(), kept({})])]);
  expect(incompleteIn(root, both)).toBe(2);
});

test('conditions are counted as the API counts them', () => {
  expect(
    conditionCount({
      kind: 'LEAD',
      city: ['a', 'b'],
      state: null,
      attributes: [
        { name: 'x', exists: true },
        { name: 'y', eq: 1 },
      ],
      and: [{ tags: ['vip'] }],
      not: { or: [{ hasEmail: true }, {}] },
    }),
  ).toBe(6);
});
