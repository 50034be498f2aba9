import { steadyRows } from '../../web/src/campaigns/steady-rows';

const rows = (ids: string) => [...ids].map((id) => ({ id }));
const steady = (drawn: string, present: string) => {
  const { drawn: now, ...more } = steadyRows([...drawn], rows(present));
  return { drawn: now.map(({ id }) => id).join(''), ...more };
};

it.each([
  ['the same list is drawn as it is', 'abc', 'abc', 'abc', false],
  ['a row before others waits', 'abc', 'xabc', 'abc', true],
  ['a row between others waits', 'abc', 'axbyc', 'abc', true],
  ['rows after the last one are added', 'abc', 'abcde', 'abcde', false],
  ['what is gone goes, and the next page moves up behind it', 'abc', 'acd', 'acd', false],
  ['what new rows pushed to the next page goes', 'abc', 'xab', 'ab', true],
  ['another order waits', 'abc', 'cab', 'abc', true],
  ['the first rows of an empty list are drawn at once', '', 'ab', 'ab', false],
  ['a list in which nothing is left of the old one is drawn at once', 'abc', 'xyz', 'xyz', false],
])('%s', (_what, before, present, drawn, isBehind) => {
  expect(steady(before, present)).toEqual({ drawn, isBehind });
});
