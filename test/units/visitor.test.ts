import { isPerson } from '../../src/tracking/visitor';

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36';
const android = (device: string) => `Mozilla/5.0 (Linux; Android 12; ${device}) ${chrome}`;
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const get = (userAgent: string | undefined) => ({ method: 'GET', userAgent, purpose: undefined });

test.each([
  // devices with the name of a bot in their names
  android('CUBOT KING KONG 9'),
  android('CUBOT'),
  android('CUBOT_X19 Build/PPR1.180610.011'),
  android('Cubot Pocket'),
  android('CUBOT MAX; wv'),
  android('TCL Robot'),
  android('Smartbot 3'),
  android('Spider X1'),
  android('EDA52 Scanner'),
  android('Preview Phone (2022)'),
  android('Dart/3 Phone'),
  android('Alamofire X1'),
  `Mozilla/5.0 (Linux; U; Android 10; en-in; Crawler 4G Build/QKQ1) ${chrome}`,
  // browsers that recipients use
  android('SM-A546E'),
  `${iphone} Version/17.1 Mobile/15E148 Safari/604.1`,
  `${iphone} Mobile/15E148 WhatsApp/2.24.10`,
  `${iphone} GSA/290.0 Mobile/15E148 Safari/604.1`,
  `${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/440.0.0.0]`,
  `${android('SM-A536B Build/TP1A; wv')} Instagram 300.0.0.0 Android`,
  'Mozilla/5.0 (Mobile; LYF/F320B/LYF-F320B-001-01-15-130718-i;Android; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5',
  'Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16',
  'UCWEB/2.0 (MIDP-2.0; U; Adr 4.4.2; en-US; SM-G900F) U2/1.0.0 UCBrowser/10.7.6.805 U2/1.0.0 Mobile',
  'Nokia5130c-2/2.0 (07.97) Profile/MIDP-2.1 Configuration/CLDC-1.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 Edg/128.0.0.0',
])('a person: %s', (userAgent) => {
  expect(isPerson(get(userAgent))).toBe(true);
});

test.each([
  // link previews of chats and social networks
  'WhatsApp/2.23.20.0 A',
  'WhatsApp/2.23.18.79 i',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'facebookcatalog/1.0',
  'meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/56.0.2924.87 Safari/537.36 Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)',
  'Iframely/1.3.1 (+https://iframely.com/docs/about)',
  'Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)',
  'Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)',
  'TelegramBot (like TwitterBot)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5',
  'snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots',
  // crawlers, some of which name an Android device
  'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/41.0.2272.96 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)',
  `${android('moto g power (2022)')} Chrome-Lighthouse`,
  // programs
  'okhttp/4.9.3',
  'Dart/3.0 (dart:io)',
  'Dart/2.19 (dart:io)',
  'shop_app/2.1 (dart:io)',
  'Ktor client',
  'ktor-client',
  'Alamofire/5.8.1',
  'Shop/1.0 (com.example.shop; build:1; iOS 17.0.0) Alamofire/5.8.1',
  'AppleCoreMedia/1.0.0.21A329 (iPhone; U; CPU OS 17_0 like Mac OS X; en_us)',
  'AndroidDownloadManager/13 (Linux; U; Android 13; SM-A546E)',
  'UnityPlayer/2021.3.1f1 (UnityWebRequest/1.0, libcurl/7.80.0-DEV)',
  'reqwest/0.11',
  'hyper/0.14',
  'Python/3.11 aiohttp/3.9.1',
  'python-httpx/0.25.1',
  'GuzzleHttp/7',
  'Symfony HttpClient (Curl)',
  'RestSharp/106.11.7.0',
  'Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)',
  'node-fetch/1.0 (+https://github.com/bitinn/node-fetch)',
  'undici',
  'got (https://github.com/sindresorhus/got)',
  'Deno/1.40.0',
  'Bun/1.0.25',
  'Faraday v2.7.4',
  'Ruby',
  'libwww-perl/6.67',
  'Apache-HttpClient/4.5.13 (Java/11.0.20)',
  'ReactorNetty/1.1.0',
  'go-resty/2.7.0 (https://github.com/go-resty/resty)',
  'Embarcadero URI Client/1.0',
  'PostmanRuntime/7.36.0',
  'insomnia/2023.5.8',
  'HTTPie/3.2.2',
  'Paw/3.4 (Macintosh; OS X/12.1) GCDHTTPRequest',
  'OpenAPI-Generator/1.0/go',
  'axios/1.6.2',
  'Java/1.8.0_292',
  'Dalvik/2.1.0 (Linux; U; Android 9; SM-G960F Build/PPR1.180610.011)',
  'MyShop/1 CFNetwork/1410.0.3 Darwin/22.6.0',
  'stagefright/1.2 (Linux;Android 9)',
  'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5; Pro)',
  'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1',
  'curl/8.5.0',
  'Wget/1.21',
  'python-requests/2.31.0',
  'Go-http-client/2.0',
  'node',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36',
  '',
  undefined,
])('a program: %s', (userAgent) => {
  expect(isPerson(get(userAgent))).toBe(false);
});

test('a browser that prefetches, or requests only headers, is not a person', () => {
  const visitor = get(android('SM-A546E'));
  for (const purpose of ['prefetch', 'prefetch;prerender', 'Prefetch', 'preview', 'prerender'])
    expect(isPerson({ ...visitor, purpose })).toBe(false);
  expect(isPerson({ ...visitor, method: 'HEAD' })).toBe(false);
});
