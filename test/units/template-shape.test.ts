import { shapeOf, whyNotSendable } from '../../src/catalog/templates/template-shape';

const publicUrl = 'https://dakiya.example';
const body = { type: 'BODY', text: 'Hello {{1}}' };
const buttons = (...list: unknown[]) => ({ type: 'BUTTONS', buttons: list });
const url = (address: unknown) => ({ type: 'URL', text: 'Shop', url: address });
const carousel = (...cards: unknown[][]) => ({
  type: 'CAROUSEL',
  cards: cards.map((components) => ({ components })),
});
const problemOf = (...components: unknown[]) => shapeOf(components, publicUrl).problem;

describe('what campaigns can send', () => {
  test.each<[string, unknown[]]>([
    ['a body alone', [body]],
    ['a body of 1024 characters', [{ type: 'BODY', text: 'x'.repeat(1024) }]],
    ['a body that a value of one character fills', [{ type: 'BODY', text: `${'x'.repeat(1023)}{{1}}` }]],
    [
      'a text header and a footer',
      [{ type: 'HEADER', format: 'TEXT', text: '{{1}}!' }, body, { type: 'FOOTER', text: 'Bye' }],
    ],
    ...['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF', 'LOCATION', 'PRODUCT'].map((format): [string, unknown[]] => [
      `a header ${format}`,
      [{ type: 'HEADER', format }, body],
    ]),
    [
      'buttons without parameters',
      [
        body,
        buttons(
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+1555' },
          { type: 'VOICE_CALL', text: 'Call on WhatsApp' },
          url('https://shop.example/'),
        ),
      ],
    ],
    [
      'quick replies and a coupon',
      [body, buttons({ type: 'QUICK_REPLY', text: 'Yes' }, { type: 'COPY_CODE', example: 'A' })],
    ],
    ...['CATALOG', 'MPM', 'SPM', 'CALL'].map((type): [string, unknown[]] => [
      `a button ${type}`,
      [body, buttons({ type, text: 'Go' })],
    ]),
    ['a flow', [body, buttons({ type: 'FLOW', text: 'Book', flow_id: 7 })]],
    ['a carousel', [body, carousel([{ type: 'HEADER', format: 'IMAGE' }])]],
    ['a carousel of products', [body, carousel([{ type: 'HEADER', format: 'PRODUCT' }])]],
    [
      'a limited-time offer',
      [{ type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon' } }, body],
    ],
    [
      'types in lower case',
      [
        { type: 'header', format: 'image' },
        { type: 'body', text: 'Hi' },
      ],
    ],
  ])('%s', (_what, components) => {
    expect(problemOf(...components)).toBeUndefined();
  });

  test('two buttons with a different link for each recipient: both are filled', () => {
    const shape = shapeOf(
      [body, buttons(url('https://a.example/{{1}}'), url('https://b.example/?q={{1}}'))],
      publicUrl,
    );
    expect(shape.variables.slice(1).map(({ key, kind }) => [key, kind])).toEqual([
      ['button.0', 'URL_SUFFIX'],
      ['button.1', 'URL_SUFFIX'],
    ]);
    const tracked = `${publicUrl}/r/{{1}}`;
    expect(shapeOf([body, buttons(url(tracked), url(tracked))], publicUrl).trackedButtons).toEqual([0, 1]);
  });
});

describe('the reason why campaigns cannot send a template names', () => {
  test.each<[string, unknown[], RegExp]>([
    ['a carousel without cards', [body, { type: 'CAROUSEL', cards: [] }], /CAROUSEL/],
    ['a card without a header', [body, carousel([body])], /card 1 of its CAROUSEL: its HEADER is none of/],
    [
      'a card with a document',
      [body, carousel([{ type: 'HEADER', format: 'DOCUMENT' }])],
      /card 1 of its CAROUSEL: its HEADER/,
    ],
    [
      'a card with a footer',
      [
        body,
        carousel([
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'FOOTER', text: 'Bye' },
        ]),
      ],
      /card 1 of its CAROUSEL: .*FOOTER/,
    ],
    [
      'a card with an unknown button',
      [body, carousel([{ type: 'HEADER', format: 'IMAGE' }, buttons({ type: 'HOLOGRAM' })])],
      /card 1 of its CAROUSEL: .*HOLOGRAM button/,
    ],
    ['a card of null', [body, { type: 'CAROUSEL', cards: [null] }], /card 1 of its CAROUSEL/],
    [
      'eleven cards',
      [body, carousel(...Array.from({ length: 11 }, () => [{ type: 'HEADER', format: 'IMAGE' }]))],
      /CAROUSEL has 11 cards/,
    ],
    [
      'a card with a text that is too long',
      [
        body,
        carousel([
          { type: 'HEADER', format: 'IMAGE' },
          { type: 'BODY', text: 'x'.repeat(161) },
        ]),
      ],
      /the body of card 1 has at least 161 characters, and WhatsApp allows 160/,
    ],
    [
      'a limited-time offer without text',
      [{ type: 'LIMITED_TIME_OFFER', limited_time_offer: {} }, body],
      /LIMITED_TIME_OFFER/,
    ],
    [
      'an offer with a long text',
      [
        { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon' } },
        { type: 'BODY', text: 'x'.repeat(601) },
      ],
      /the body has at least 601 characters, and WhatsApp allows 600/,
    ],
    ['a request to call', [body, { type: 'CALL_PERMISSION_REQUEST' }], /CALL_PERMISSION_REQUEST/],
    ['a component of next year', [body, { type: 'HOLOGRAM' }], /HOLOGRAM/],
    ...['AUDIO', 'HOLOGRAM', '__PROTO__'].map((format): [string, unknown[], RegExp] => [
      `a header ${format}`,
      [{ type: 'HEADER', format }, body],
      new RegExp(`HEADER of format ${format}`),
    ]),
    ...['FLOW', 'OTP', 'ORDER_DETAILS', '__PROTO__', 'CONSTRUCTOR'].map(
      (type): [string, unknown[], RegExp] => [
        `a button ${type}`,
        [body, buttons({ type: 'QUICK_REPLY', text: 'Yes' }, { type, text: 'Go' })],
        new RegExp(`${type} button`),
      ],
    ),
    ['a body without text', [{ type: 'BODY' }], /BODY has no text/],
    ['a body with a number', [{ type: 'BODY', text: 7 }], /BODY has no text/],
    ...[' ', '\n\t', '\u200b\u00a0'].map((text): [string, unknown[], RegExp] => [
      `a body of blanks: ${JSON.stringify(text)}`,
      [{ type: 'BODY', text }],
      /BODY has no text/,
    ]),
    ['a header of blanks', [{ type: 'HEADER', format: 'TEXT', text: ' ' }, body], /HEADER has no text/],
    ['a footer of blanks', [body, { type: 'FOOTER', text: ' ' }], /FOOTER has no text/],
    [
      'a quick reply of blanks',
      [body, buttons({ type: 'QUICK_REPLY', text: ' ' })],
      /QUICK_REPLY button has no text/,
    ],
    [
      'a body that is too long',
      [{ type: 'BODY', text: 'x'.repeat(1025) }],
      /the body has at least 1025 characters, and WhatsApp allows 1024/,
    ],
    [
      'a body that is too long with any value',
      [{ type: 'BODY', text: `${'x'.repeat(1023)}{{1}}{{1}}` }],
      /the body has at least 1025 characters/,
    ],
    [
      'a header that is too long with any value',
      [{ type: 'HEADER', format: 'TEXT', text: `${'x'.repeat(60)}{{1}}` }, body],
      /the header has at least 61 characters, and WhatsApp allows 60/,
    ],
    [
      'a link that is too long with any value',
      [body, buttons(url(`https://a.example/${'x'.repeat(2000)}{{1}}`))],
      /button 1 has at least 2019 characters/,
    ],
    ['no body', [{ type: 'FOOTER', text: 'Bye' }], /BODY has no text/],
    ['two bodies', [body, body], /more than one BODY/],
    ['a header without a format', [{ type: 'HEADER' }, body], /HEADER without a format/],
    ['a text header without text', [{ type: 'HEADER', format: 'TEXT' }, body], /HEADER has no text/],
    ['a footer without text', [body, { type: 'FOOTER', text: null }], /FOOTER has no text/],
    ['a footer with a variable', [body, { type: 'FOOTER', text: 'For {{1}}' }], /FOOTER has a variable/],
    ['a variable that is none', [{ type: 'BODY', text: 'Hi {{first name}}' }], /BODY has a variable/],
    ['buttons without a list', [body, { type: 'BUTTONS', buttons: {} }], /BUTTONS have no list/],
    ['a button of null', [body, buttons(null)], /button without a type/],
    ['a button of a number', [body, buttons({ type: 5 })], /button without a type/],
    ['a link without url', [body, buttons({ type: 'URL', text: 'Shop' })], /URL button has no url/],
    ['a link of a number', [body, buttons(url(5))], /URL button has no url/],
    [
      'a link with two variables',
      [body, buttons(url('https://a.example/{{1}}/{{2}}'))],
      /URL button has a variable/,
    ],
    [
      'a quick reply without text',
      [body, buttons({ type: 'QUICK_REPLY' })],
      /QUICK_REPLY button has no text/,
    ],
    ['a component of null', [body, null], /not an object/],
    ['a component of text', [body, 'FOOTER'], /not an object/],
    ['a component without a type', [body, {}], /component without a type/],
  ])('%s', (_what, components, says) => {
    expect(problemOf(...components)).toMatch(says);
  });

  test.each([null, undefined, {}, 'BODY', 7])('components that are not a list: %j', (components) => {
    expect(shapeOf(components, publicUrl).problem).toMatch(/not a list/);
  });

  test('a long name, shortened', () => {
    expect(problemOf(body, { type: 'X'.repeat(10_000) })?.length).toBeLessThan(100);
  });
});

describe('why a template cannot be sent', () => {
  const shape = shapeOf([body], publicUrl);
  const template = { problem: null, status: 'APPROVED', category: 'UTILITY' };

  test.each<[string, Partial<Parameters<typeof whyNotSendable>[0]>, RegExp | undefined]>([
    ['nothing', {}, undefined],
    ['it waits for approval', { status: 'PENDING' }, /PENDING/],
    ['a status of next year', { status: 'HIBERNATING' }, /HIBERNATING/],
    ['passwords', { category: 'AUTHENTICATION' }, /AUTHENTICATION/],
    ['a category of next year', { category: 'SERVICE' }, /category SERVICE/],
    ['a description that is odd itself', { problem: 'it has no language' }, /no language/],
  ])('%s', (_what, change, says) => {
    const why = whyNotSendable({ ...template, ...change }, shape);
    if (says) expect(why).toMatch(says);
    else expect(why).toBeUndefined();
  });
});
