import { isPublicAddress, isPublicUrl, lookupPublic, NotPublic } from '../../src/infra/http/public-address';

it.each([
  ...['127.0.0.1', '127.255.0.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  ...['169.254.169.254', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '192.0.2.1'],
  ...['::', '::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::7f00:1'],
  ...['fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '2002:7f00:1::', '2001::1', '2001:db8::1', 'fec0::1'],
  ...['', 'localhost', '127.1', '0x7f000001'],
])('%s is not a public address', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

it.each(['8.8.8.8', '172.32.0.1', '172.15.0.1', '1.1.1.1', '2606:4700:4700::1111', '2001:4860:4860::8888'])(
  '%s is a public address',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

it.each([
  ...[
    'http://127.0.0.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://017700000001/',
    'http://127.1/',
  ],
  ...[
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[0:0:0:0:0:ffff:7f00:1]/',
    'http://１２７.0.0.1/',
  ],
  ...['http://169.254.169.254/', 'http://10.0.0.1/', 'http://localhost/', 'http://LOCALHOST./', 'http://db/'],
  ...['http://metadata.google.internal/', 'http://printer.local/', 'ftp://8.8.8.8/', 'file:///etc/passwd'],
  ...['gopher://8.8.8.8/', 'http://8.8.8.8:6379/', 'https://8.8.8.8:22/', 'http://0/', 'http://127.0.0.1./'],
])('%s is not fetched', (url) => {
  expect(isPublicUrl(new URL(url))).toBe(false);
});

it.each(['http://8.8.8.8/', 'https://shop.dakiya.in/a.jpg', 'https://shop.dakiya.in:443/a.jpg'])(
  '%s may be fetched',
  (url) => {
    expect(isPublicUrl(new URL(url))).toBe(true);
  },
);

it('a name that leads to this computer is refused when it is resolved', async () => {
  for (const all of [true, false]) {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all }, resolve));
    expect(error).toBeInstanceOf(NotPublic);
  }
});
