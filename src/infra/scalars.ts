import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function refuse(expected: string): never {
  throw new GraphQLError(`expected ${expected}`, { extensions: { code: 'BAD_USER_INPUT' } });
}

/**
 * An absolute http or https address, returned as it was given: writing it anew would break signatures over its bytes.
 * Nothing else can be opened from a message, and a script must never be.
 */
function checkUrl(value: unknown): string {
  const expected = 'an absolute http or https URL without user name, at most 2000 characters';
  if (typeof value !== 'string' || value.length > 2000 || !/^https?:\/\/[^/\\\s]/i.test(value))
    refuse(expected);
  if (/[\s\\\p{Cc}\p{Cs}]/u.test(value) || !URL.canParse(value)) refuse(expected);
  const url = new URL(value);
  if (url.username || url.password || !url.hostname) refuse(expected);
  return value;
}

export const UrlScalar = new GraphQLScalarType({
  name: 'URL',
  description: 'An absolute http or https address of at most 2000 characters.',
  serialize: String,
  parseValue: checkUrl,
  parseLiteral: (node) => checkUrl(node.kind === Kind.STRING ? node.value : undefined),
});

function checkDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^-?\d{1,12}(\.\d{1,6})?$/.test(text)) {
    refuse('a decimal number with at most 12 digits before the point, e.g. 1000 or "49.90"');
  }
  return text;
}

export const DecimalScalar = new GraphQLScalarType({
  name: 'Decimal',
  description: 'An exact decimal number. Input: a number or text; output: text, e.g. "49.90".',
  serialize: String,
  parseValue: checkDecimal,
  parseLiteral: (node) =>
    checkDecimal(
      node.kind === Kind.INT || node.kind === Kind.FLOAT || node.kind === Kind.STRING
        ? node.value
        : undefined,
    ),
});
