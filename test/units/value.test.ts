import { storableJson, wellFormedJson } from '../../src/infra/well-formed';
import { currencyCode } from '../../src/infra/currency';
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

describe('a currency', () => {
  const listed = (codes: string) => codes.split(' ');

  // SIX, List One, as amended until 2026-01: all but the two codes that no amount can be in
  test.each(
    listed(
      'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XUA YER ZAR ZMW ZWG',
    ),
  )('of ISO 4217: %s', (code) => {
    expect(currencyCode(` ${code.toLowerCase()}`)).toBe(code);
  });

  test.each(listed('HRK ZWL CUC ANG SLL BGN VEF BYR LTL MRO STD DEM BTC USDT ZZZ XTS XXX ₹ US'))(
    'not of ISO 4217, or withdrawn: %s',
    (code) => {
      expect(currencyCode(code)).toBeUndefined();
    },
  );
});
