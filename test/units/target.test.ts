import { targetOf } from '../../src/tracking/target';

test.each([
  [
    'https://shop.example.com/?d=e,f,g&sig=a%20b~c*(d)',
    'https://shop.example.com/?d=e,f,g&sig=a%20b~c*(d)&dakiya_click=ID',
  ],
  ['https://ads.example.com/x?iu=/123/ad', 'https://ads.example.com/x?iu=/123/ad&dakiya_click=ID'],
  ['https://shop.example.com', 'https://shop.example.com?dakiya_click=ID'],
  ['https://shop.example.com/', 'https://shop.example.com/?dakiya_click=ID'],
  ['https://shop.example.com/#offers', 'https://shop.example.com/?dakiya_click=ID#offers'],
  ['https://shop.example.com/#/a?b=c', 'https://shop.example.com/?dakiya_click=ID#/a?b=c'],
  ['https://shop.example.com/?a=1#b#c', 'https://shop.example.com/?a=1&dakiya_click=ID#b#c'],
  ['https://shop.example.com/?', 'https://shop.example.com/?dakiya_click=ID'],
  ['https://shop.example.com/?a=1&', 'https://shop.example.com/?a=1&dakiya_click=ID'],
  ['https://shop.example.com/?a=b?c', 'https://shop.example.com/?a=b?c&dakiya_click=ID'],
  ['https://shop.example.com/?flag', 'https://shop.example.com/?flag&dakiya_click=ID'],
  ['https://shop.example.com/?a=1;b=2', 'https://shop.example.com/?a=1;b=2&dakiya_click=ID'],
  ['https://shop.example.com/?q=a+b%2Bc&q=%E0', 'https://shop.example.com/?q=a+b%2Bc&q=%E0&dakiya_click=ID'],
  [
    'HTTPS://Shop.Example.COM:443/A/../B/./%7Euser',
    'HTTPS://Shop.Example.COM:443/A/../B/./%7Euser?dakiya_click=ID',
  ],
  ['https://shop.example.com./a', 'https://shop.example.com./a?dakiya_click=ID'],
  [`https://shop.example.com/"<>^\`{|}[]'`, `https://shop.example.com/"<>^\`{|}[]'?dakiya_click=ID`],
])('%s keeps its bytes', (linkUrl, target) => {
  expect(targetOf(linkUrl, 'ID')).toBe(target);
  expect(targetOf(linkUrl)).toBe(linkUrl);
});

test.each([
  ['https://shop.example.com/?dakiya_click=old', 'https://shop.example.com/?dakiya_click=ID'],
  [
    'https://shop.example.com/?a=%20&dakiya_click=old&b=~#x',
    'https://shop.example.com/?a=%20&dakiya_click=ID&b=~#x',
  ],
  ['https://shop.example.com/?dakiya_click=', 'https://shop.example.com/?dakiya_click=ID'],
  // similar, but not the parameter
  [
    'https://shop.example.com/?my_dakiya_click=1',
    'https://shop.example.com/?my_dakiya_click=1&dakiya_click=ID',
  ],
  ['https://shop.example.com/&dakiya_click=1', 'https://shop.example.com/&dakiya_click=1?dakiya_click=ID'],
  ['https://shop.example.com/#dakiya_click=1', 'https://shop.example.com/?dakiya_click=ID#dakiya_click=1'],
])('in %s the new click id replaces an earlier one', (linkUrl, target) => {
  expect(targetOf(linkUrl, 'ID')).toBe(target);
});

test.each([
  ['https://shop.example.com/दिवाली?q=साड़ी&r=%20#ऑफ़र'],
  ['https://दुकान.भारत:8443/a?b=~'],
  ['https://münchen.example/ü🎉'],
  [`https://shop.example.com/half${'\ud83d'}emoji`],
])('%s is encoded for a header and stays equivalent', (linkUrl) => {
  const target = targetOf(linkUrl, 'ID');
  expect(target).toMatch(/^[\x21-\x7e]+$/);
  const expected = new URL(linkUrl);
  expected.search += expected.search ? '&dakiya_click=ID' : '?dakiya_click=ID';
  expect(new URL(target).href).toBe(expected.href);
});
