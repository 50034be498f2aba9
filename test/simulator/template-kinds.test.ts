import {
  body,
  imageHeader,
  startReceiver,
  startTestSimulator,
  template,
  urlButton,
  type Receiver,
  type TestSimulator,
} from './support';

/** What WhatsApp demands of the newer kinds of templates, and what their recipients see. */

let simulator: TestSimulator;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
  simulator = await startTestSimulator({ webhook: receiver.webhook });
});
afterAll(async () => {
  await simulator.close();
  await receiver.close();
});
beforeEach(() => simulator.call('POST', '/_simulator/reset', { keepBehaviour: true }));

const TO = '+919812345678';
const header = (type: string, value: unknown) => ({ type: 'header', parameters: [{ type, [type]: value }] });
const button = (sub_type: string, parameters?: object[], index = '0') => ({
  type: 'button',
  sub_type,
  index,
  ...(parameters && { parameters }),
});
const action = (given: unknown) => [{ type: 'action', action: given }];
const offer = (ends: unknown) => ({
  type: 'limited_time_offer',
  parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: ends } }],
});
const place = { latitude: 19.07, longitude: '72.87', name: 'Bazaar', address: 'Marine Drive' };
const thumbnail = { thumbnail_product_retailer_id: 'a' };
const section = (title: unknown, ...ids: string[]) => ({
  title,
  product_items: ids.map((id) => ({ product_retailer_id: id })),
});
const mpm = (...sections: unknown[]) => button('mpm', action({ ...thumbnail, sections }));
const coupon = (code: string) => button('copy_code', [{ type: 'coupon_code', coupon_code: code }]);
const flash = (...more: object[]) => [
  imageHeader(),
  body('Asha', '40%'),
  coupon('FLASH'),
  urlButton('k3Jx', '1'),
  ...more,
];
const card = (index: number, text: string, suffix = 'x') => ({
  card_index: index,
  components: [imageHeader(), body(text), urlButton(suffix)],
});
const carousel = (...cards: object[]) => ({ type: 'carousel', cards });

async function refusal(name: string, components: object[]): Promise<[number?, string?]> {
  const { body: answer } = await simulator.send(template(TO, name, components));
  return answer.error ? [answer.error.code, answer.error.error_data?.details ?? answer.error.message] : [];
}

it.each<[string, string, object[], number, string]>([
  ['a location of one', 'store_opening', [body('a', 'b')], 132012, 'expected LOCATION, received UNKNOWN'],
  [
    'a latitude',
    'store_opening',
    [header('location', { ...place, latitude: undefined }), body('a', 'b')],
    131008,
    'latitude',
  ],
  [
    'a longitude on the map',
    'store_opening',
    [header('location', { ...place, longitude: 181 }), body('a', 'b')],
    131009,
    'longitude',
  ],
  [
    'an address',
    'store_opening',
    [header('location', { ...place, address: '' }), body('a', 'b')],
    131008,
    'address',
  ],
  ['a GIF', 'sparkle_gif', [imageHeader(), body('a')], 132012, 'expected GIF, received IMAGE'],
  [
    'no caption in a header',
    'price_list',
    [header('document', { link: 'https://a.example/a.pdf', caption: 'x' }), body('a', 'b')],
    100,
    'caption',
  ],
  [
    'no file name for an image',
    'flash_offer',
    [header('image', { link: 'https://a.example/a.jpg', filename: 'x' }), ...flash(offer(4e12)).slice(1)],
    100,
    'filename',
  ],
  ['a product', 'product_of_the_day', [body('a', 'b')], 132012, 'expected PRODUCT'],
  [
    'the product’s catalogue',
    'product_of_the_day',
    [header('product', { product_retailer_id: 'a' }), body('a', 'b')],
    131008,
    'catalog_id',
  ],
  [
    'no parameter of a single-product button',
    'product_of_the_day',
    [
      header('product', { catalog_id: '1', product_retailer_id: 'a' }),
      body('a', 'b'),
      button('spm', action({})),
    ],
    100,
    'takes no parameter',
  ],
  [
    'no parameter of a phone button',
    'call_us',
    [body('a'), button('phone_number', [{ type: 'text', text: '1' }])],
    100,
    'takes no parameter',
  ],
  ['a component for a flow', 'book_a_fitting', [body('a')], 131009, 'requires a component'],
  [
    'a token that is a text',
    'book_a_fitting',
    [body('a'), button('flow', action({ flow_token: '' }))],
    131009,
    'flow_token',
  ],
  ['a thumbnail', 'browse_catalog', [body('a'), button('catalog', action({}))], 131008, 'thumbnail'],
  ['sections', 'festive_picks', [body('a'), button('mpm', action(thumbnail))], 131008, 'sections'],
  ['a thumbnail of products', 'festive_picks', [body('a'), button('mpm', action({}))], 131008, 'thumbnail'],
  ['products in each section', 'festive_picks', [body('a'), mpm(section('A'))], 131009, 'product_items'],
  [
    'a title of 24 characters',
    'festive_picks',
    [body('a'), mpm(section('x'.repeat(25), 'a'))],
    131009,
    'title',
  ],
  [
    'at most 10 sections',
    'festive_picks',
    [body('a'), mpm(...Array.from({ length: 11 }, (_, i) => section(`S${i}`, `p${i}`)))],
    131009,
    'more than 10',
  ],
  [
    'at most 30 products',
    'festive_picks',
    [body('a'), mpm(section('A', ...Array.from({ length: 31 }, (_, i) => `p${i}`)))],
    131009,
    'more than 30',
  ],
  ['the end of an offer', 'flash_offer', flash(), 131008, 'expiration_time_ms'],
  ['an end in milliseconds', 'flash_offer', flash(offer('tomorrow')), 131009, 'expiration_time_ms'],
  ['no offer where there is none', 'call_us', [body('a'), offer(4e12)], 132012, 'limited_time_offer'],
  [
    'a body of at most 600 characters with an offer',
    'flash_offer',
    [imageHeader(), body('x'.repeat(600), '1'), ...flash(offer(4e12)).slice(2)],
    132005,
    'longer than 600',
  ],
  [
    'a card’s text of at most 160 characters',
    'lookbook',
    [body('a'), carousel(card(0, 'x'.repeat(160)), card(1, 'b'), card(2, 'c'))],
    132005,
    'longer than 160',
  ],
  [
    'values without new lines on cards',
    'lookbook',
    [body('a'), carousel(card(0, 'a'), card(1, 'b\n'), card(2, 'c'))],
    132018,
    'new-line',
  ],
  [
    'all cards',
    'lookbook',
    [body('a'), carousel(card(0, 'a'), card(1, 'b'))],
    132012,
    'expected 3 cards, received 2',
  ],
  [
    'each card once',
    'lookbook',
    [body('a'), carousel(card(0, 'a'), card(1, 'b'), card(1, 'c'))],
    132012,
    'card_index 2',
  ],
  [
    'a payload that is not empty',
    'weekend_sale',
    [body('a'), urlButton('x'), button('quick_reply', [{ type: 'payload', payload: '' }], '1')],
    132018,
    '',
  ],
])('a send must have %s', async (_rule, name, components, code, details) => {
  const [given, words] = await refusal(name, components);
  expect([given, words]).toEqual([code, expect.stringContaining(details)]);
});

it.each<[string, object[], object]>([
  [
    'store_opening',
    [header('location', place), body('Asha', 'Sunday')],
    { headerType: 'LOCATION', header: null, mediaUrl: null, location: place },
  ],
  [
    'sparkle_gif',
    [header('gif', { link: 'https://a.example/a.mp4' }), body('Asha')],
    { headerType: 'GIF', mediaUrl: 'https://a.example/a.mp4' },
  ],
  [
    'price_list',
    [header('document', { link: 'https://a.example/a', filename: 'a.pdf' }), body('Asha', 'May')],
    { headerType: 'DOCUMENT', fileName: 'a.pdf' },
  ],
  [
    'order_news',
    [{ type: 'header', parameters: [{ type: 'text', text: 'Asha' }] }, body('kurta', 'blue')],
    { header: 'News for Asha', headerType: null, footer: 'Mumbai Bazaar' },
  ],
  [
    'product_of_the_day',
    [header('product', { catalog_id: '1', product_retailer_id: 'a' }), body('a', 'b')],
    { headerType: 'PRODUCT', product: { catalogId: '1', retailerId: 'a' } },
  ],
  ['book_a_fitting', [body('a'), button('flow')], { buttons: [{ type: 'FLOW', text: 'Book now' }] }],
  [
    'book_a_fitting',
    [body('a'), button('flow', action({ flow_token: 't', flow_action_data: { k: 'v' } }))],
    { buttons: [{ flowToken: 't' }] },
  ],
  ['browse_catalog', [body('a'), button('catalog', action(thumbnail))], { buttons: [{ thumbnail: 'a' }] }],
  [
    'festive_picks',
    [body('a'), mpm(section('A', 'p1', 'p2'), section('B', 'p3'))],
    {
      buttons: [
        {
          sections: [
            { title: 'A', products: ['p1', 'p2'] },
            { title: 'B', products: ['p3'] },
          ],
        },
      ],
    },
  ],
  ['call_us', [body('a')], { buttons: [{ type: 'PHONE_NUMBER' }, { type: 'VOICE_CALL' }, { type: 'URL' }] }],
  [
    'flash_offer',
    flash(offer(4e12)),
    { offer: { text: 'Ends soon!', expiresAt: 4e12 }, buttons: [{ couponCode: 'FLASH' }, {}] },
  ],
  [
    'lookbook',
    [body('a'), carousel(card(2, 'c', 'z'), card(0, 'you'), card(1, 'b'))],
    {
      cards: [
        { text: 'Silk for you, woven by hand.', header: 'https://example.com/a.jpg' },
        {},
        { buttons: [{ url: 'https://shop.example.com/p/z' }] },
      ],
    },
  ],
])('%s is shown with its parts', async (name, components, shows) => {
  expect(await refusal(name, components)).toEqual([]);
  const [row] = await simulator.messages();
  expect(row).toMatchObject({ type: 'template', ...shows });
});
