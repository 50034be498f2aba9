import { badInput } from '../../infra/errors';
import { ContactKind } from '../audience';
import { checkAttribute } from './check-attribute';
import { checkDays, checkList, checkRange, checkValue, compareDecimals } from './check-values';
import type { AudienceFilter, Range } from './filter';

const deepest = 6;
const mostConditions = 100;
const longestBranch = 100;

type Field = keyof AudienceFilter;

const common: readonly Field[] = [
  'tags',
  'tagsAll',
  'createdDays',
  'hasEmail',
  'attributes',
  'segmentId',
  'campaign',
  'kind',
  'and',
  'or',
  'not',
];
const fieldsOf: Record<ContactKind, readonly Field[]> = {
  LEAD: ['status', 'quality', 'city', 'state', 'assignedUserId', ...common],
  CUSTOMER: ['engagementScore', 'totalSpent', 'totalOrders', 'lastOrderDays', ...common],
};

/** A checked filter, and where it names segments and campaigns: whether they exist is for the caller to see. */
export interface CheckedFilter {
  filter: AudienceFilter;
  segments: readonly Reference[];
  campaigns: readonly Reference[];
}

export interface Reference {
  id: string;
  /** The input path of the id. */
  path: string;
}

/**
 * Checks a filter against the kinds of contact that it is for, and drops what is null. A field that only one kind has may
 * stand in a branch that says this kind: in an object with `kind`, in one whose `and` has an object with just `kind` as
 * one of its conditions, and below them.
 * @param path the input path of the filter, for the errors
 * @throws BAD_USER_INPUT naming the field
 */
export function checkFilter(
  filter: AudienceFilter,
  kinds: readonly ContactKind[],
  path: string,
): CheckedFilter {
  const check = new FilterCheck();
  const checked = check.tree(filter, [kinds], path, 1);
  if (check.conditions > mostConditions)
    throw badInput(path, `at most ${mostConditions} conditions, not ${check.conditions}`);
  return { filter: checked, segments: check.segments, campaigns: check.campaigns };
}

/** One walk through a filter: counts conditions and collects what it names. */
class FilterCheck {
  conditions = 0;
  readonly segments: Reference[] = [];
  readonly campaigns: Reference[] = [];

  tree(filter: AudienceFilter, outer: readonly Scope[], path: string, depth: number): AudienceFilter {
    if (depth > deepest) throw badInput(path, `filters nested at most ${deepest} deep`);
    const scopes = scopesOf(filter, outer);
    const checked: Partial<Record<Field, unknown>> = {};
    for (const [name, value] of Object.entries(filter) as [Field, AudienceFilter[Field]][]) {
      if (value == null) continue;
      const field = `${path}.${name}`;
      if (!scopes.some((kinds) => fieldsIn(kinds).includes(name))) throw notOf(field, scopes[0] ?? []);
      if (name === 'and' || name === 'or') {
        checked[name] = this.branches(value as AudienceFilter[], scopes, field, depth);
      } else if (name === 'not') {
        checked.not = this.tree(value as AudienceFilter, scopes, field, depth + 1);
      } else {
        this.conditions += name === 'attributes' ? (value as unknown[]).length : 1;
        checked[name] = this.field(name, value, field);
      }
    }
    return checked as AudienceFilter;
  }

  private branches(
    filters: readonly AudienceFilter[],
    scopes: readonly Scope[],
    field: string,
    depth: number,
  ): AudienceFilter[] {
    if (filters.length === 0) throw badInput(field, 'at least one filter (leave the field out for none)');
    if (filters.length > longestBranch) throw badInput(field, `at most ${longestBranch} filters`);
    return filters.map((one, i) => this.tree(one, scopes, `${field}.${i}`, depth + 1));
  }

  private field(name: Exclude<Field, 'and' | 'or' | 'not'>, value: unknown, field: string): unknown {
    const filter = { [name]: value } as AudienceFilter;
    switch (name) {
      case 'kind':
      case 'hasEmail':
        return value;
      case 'assignedUserId':
        checkValue(field, value as string);
        return value;
      case 'segmentId':
        this.segments.push({ id: value as string, path: field });
        return value;
      case 'campaign': {
        const { campaignId, outcome, errorCode } = filter.campaign ?? { campaignId: '' };
        if (outcome) checkList(`${field}.outcome`, outcome);
        if (errorCode) checkList(`${field}.errorCode`, errorCode);
        this.campaigns.push({ id: campaignId, path: `${field}.campaignId` });
        return { campaignId, ...(outcome ? { outcome } : {}), ...(errorCode ? { errorCode } : {}) };
      }
      case 'attributes': {
        const conditions = filter.attributes ?? [];
        if (conditions.length === 0) throw badInput(field, 'at least one condition');
        return conditions.map((condition, i) => checkAttribute(`${field}.${i}`, condition));
      }
      case 'lastOrderDays':
      case 'createdDays': {
        const range = checkRange(field, value as Range<number>, compareDecimals);
        checkDays(field, range);
        return range;
      }
      case 'engagementScore':
      case 'totalSpent':
      case 'totalOrders':
        return checkRange(field, value as Range<number | string>, compareDecimals);
      case 'status':
      case 'quality':
      case 'city':
      case 'state':
      case 'tags':
      case 'tagsAll':
        checkList(field, value as unknown[]);
        return value;
    }
  }
}

/** Kinds of contact that an object is about: only fields that all of them have are allowed. */
type Scope = readonly ContactKind[];

/**
 * What the object says itself takes the place of what was said around it; what one of the conditions of its `and` says is
 * another way to read its fields.
 */
function scopesOf({ kind, and }: AudienceFilter, outer: readonly Scope[]): readonly Scope[] {
  const own = kind ? [[kind]] : outer;
  const beside = and?.find((one) => one.kind)?.kind;
  return beside ? [...own, [beside]] : own;
}

function fieldsIn(kinds: Scope): Field[] {
  return fieldsOf[kinds[0] ?? ContactKind.LEAD].filter((name) =>
    kinds.every((kind) => fieldsOf[kind].includes(name)),
  );
}

function notOf(field: string, kinds: Scope): Error {
  const which = kinds.map((kind) => `${kind.toLowerCase()}s`).join(' and ');
  const branch = kinds.length > 1 ? '; others need a branch with kind' : '';
  return badInput(field, `a filter field of ${which} (${fieldsIn(kinds).join(', ')})${branch}`);
}
