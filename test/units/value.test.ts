import { storableJson, wellFormedJson } from '../../src/infra/well-formed';
import { cleanSuffix, cleanValue, encodeInAddress, isBlank } from '../../src/catalog/value';

describe('a value of a template', () => {
  test.each([
    ['Asha', 'Asha'],
    ['  Asha  ', 'Asha'],
    ['A\r\n\tB', 'A B'],
    ['A\u2028B\u2029C\u0085D\vE', 'A B C D E'],
    ['A      B', 'A    B'],
    ['A\u00a0\u00a0\u00a0\u3000\u3000\u3000B', 'A    B'],
    ['A\n\n\n\n\n\nB', 'A B'],
    ['\u202aAsha\u202c', 'Asha'],
    ['\ufeffAs\u200bha\u2060', 'Asha'],
    ['As\u00adha\u0007', 'Asha'],
    ['Asha \ud83d', 'Asha \ufffd'],
    ['\u200b\u200e \u2800', ''],
    ['\u200d\ufe0f', ''],
    // joiners within words and emoji
    ['क्\u200dष', 'क्\u200dष'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d👧 ❤️', '👩\u200d👧 ❤️'],
    [
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    ],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanValue(text)).toBe(clean);
    expect(isBlank(text)).toBe(clean === '');
  });

  test('at the end of a URL is percent-encoded, so that a name cannot change the URL', () => {
    expect(cleanSuffix('sale?x=1&y=a%20b')).toBe('sale?x=1&y=a%20b');
    expect(cleanSuffix('my sale/é')).toBe('my%20sale/%C3%A9');
    expect(encodeInAddress('Asha & Co/?#')).toBe('Asha%20%26%20Co%2F%3F%23');
  });
});

describe('half an emoji (an unpaired surrogate)', () => {
  test('becomes a replacement character in texts and names, at any depth; everything else is unchanged', () => {
    const text =
      '{"a\\ud83d":["\\ud83d",{"b":"\\ude00\\ud83d\\ude00"}],"n":1,"z":null,"__proto__":{"x":"\\udfff"}}';
    const read = JSON.parse(text, wellFormedJson) as Record<string, unknown>;
    expect(JSON.stringify(read)).toBe(
      '{"a\ufffd":["\ufffd",{"b":"\ufffd😀"}],"n":1,"z":null,"__proto__":{"x":"\ufffd"}}',
    );
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  });

  test('and NUL are removed from stored JSON, and endless nesting is cut off', () => {
    expect(storableJson({ 'a\0': ['b\0\ud83d', 1, null, true] })).toEqual({ a: ['b\ufffd', 1, null, true] });
    let deep: unknown = 'end';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(JSON.stringify(storableJson(deep))).toMatch(/^\[{32}null\]{32}$/);
  });
});
