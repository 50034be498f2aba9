import { checkTemplateForm } from '../../src/catalog/templates/form/template-form';

const body = (text: string, ...examples: string[]) => ({
  type: 'BODY',
  text,
  ...(examples.length > 0 && { example: { body_text: [examples] } }),
});
const plain = body('Come and see what is new in our shop.');
const buttons = (...list: object[]) => ({ type: 'BUTTONS', buttons: list });
const reply = (text: string) => ({ type: 'QUICK_REPLY', text });
const link = (url: string, ...example: string[]) => ({ type: 'URL', text: 'Go', url, example });
const image = { type: 'HEADER', format: 'IMAGE', example: { header_handle: ['4::x'] } };
const card = (header: object, ...list: object[]) => ({ components: [header, buttons(...list)] });
const carousel = (...cards: object[]) => ({ type: 'CAROUSEL', cards });
const offer = (text: string, has_expiration = true) => ({
  type: 'LIMITED_TIME_OFFER',
  limited_time_offer: { text, has_expiration },
});
const code = { type: 'COPY_CODE', example: ['SALE15'] };

const problems = (components: unknown, more: object = {}) =>
  checkTemplateForm({
    name: 'sale',
    language: 'en_US',
    category: 'MARKETING',
    parameterFormat: 'POSITIONAL',
    components,
    ...more,
  }).map(({ field, expected }) => `${field.replace(/^input\./, '')}: ${expected}`);

describe('the form of a template', () => {
  test.each<[string, unknown, object?]>([
    ['a text', [plain]],
    ['numbered variables', [body('Hi {{1}}, your table for {{2}} is ready.', 'Asha', 'four')]],
    [
      'named variables',
      [
        {
          type: 'BODY',
          text: 'Hi {{first_name}}, welcome to our shop.',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Asha' }] },
        },
      ],
      { parameterFormat: 'NAMED' },
    ],
    ['a language without spaces', [body('您好{{1}}，欢迎光临我们的商店。', '阿莎')]],
    ['Hindi', [body('नमस्ते {{1}}, हमारी दुकान में आपका स्वागत है।', 'आशा')], { language: 'hi' }],
    [
      'a text header with a variable, a footer',
      [
        { type: 'HEADER', format: 'TEXT', text: 'News for {{1}}', example: { header_text: ['Asha'] } },
        plain,
        { type: 'FOOTER', text: 'x'.repeat(60) },
      ],
    ],
    ['a media header', [image, plain]],
    ['media kept here', [{ ...image, example: { mediaId: 'x' } }, plain]],
    ['a location', [{ type: 'HEADER', format: 'LOCATION' }, plain]],
    [
      'links with and without a variable',
      [plain, buttons(link('https://a.example/r/{{1}}', 'https://a.example/r/x'), link('https://a.example'))],
    ],
    [
      'a call, a code and replies',
      [
        plain,
        buttons(
          code,
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+91 22 4000 1234' },
          reply('a'),
          reply('b'),
        ),
      ],
    ],
    ['an offer', [image, plain, offer('Ends soon!'), buttons(code, link('https://a.example'))]],
    ['a carousel', [plain, carousel(card(image, reply('a')), card(image, reply('b')))]],
  ])('%s is right', (_what, components, more = {}) => {
    expect(problems(components, more)).toEqual([]);
  });

  test.each<[string, unknown, string[], object?]>([
    [
      'names',
      [plain],
      [
        expect.stringMatching(/^name/),
        expect.stringMatching(/^language/),
        expect.stringMatching(/^category: MARKETING or UTILITY; AUTH/),
        expect.stringMatching(/^parameterFormat/),
      ] as string[],
      { name: 'Sale!', language: 'en-US', category: 'AUTHENTICATION', parameterFormat: 'x' },
    ],
    ['no list', { type: 'BODY' }, ['components: a list of components, with a BODY']],
    ['no body', [image], ['components: a component with the type BODY']],
    [
      'unknown and repeated parts',
      [plain, plain, { type: 'SONG' }],
      [
        'components.1.type: only one BODY',
        expect.stringMatching(/^components.2.type: one of HEADER/),
      ] as string[],
    ],
    ['1,025 characters', [body('x'.repeat(1025))], ['components.0.text: 1 to 1024 characters']],
    ['a blank text', [body(' \n\u200b')], ['components.0.text: 1 to 1024 characters']],
    [
      'a gap',
      [body('Hi {{1}}, your table for {{3}} is ready.', 'a', 'b')],
      [
        'components.0.text: variables numbered {{1}}, {{2}} … without a gap, as parameterFormat is POSITIONAL',
      ],
    ],
    [
      'variables at both ends',
      [body('{{1}} has a table for {{2}}', 'a', 'b')],
      [
        'components.0.text: words before the first variable',
        'components.0.text: words after the last variable',
        expect.stringContaining('at least 5 words besides 2 variables; there are 4'),
      ],
    ],
    [
      'neighbours',
      [body('Your table for {{1}} {{2}} is ready at our place.', 'a', 'b')],
      ['components.0.text: words between two variables'],
    ],
    [
      'no examples',
      [body('Hi {{1}}, your table for {{2}} is ready.', 'a')],
      ['components.0.example.body_text: 2 examples, one for each variable, as [["…"]]'],
    ],
    [
      'half a variable',
      [body('Hi {{1, your table is ready.')],
      ['components.0.text: variables written as {{1}}, {{2}} …'],
    ],
    [
      'a footer with a variable',
      [plain, { type: 'FOOTER', text: 'Hi {{1}}' }],
      ['components.1.text: no variables: WhatsApp does not fill them here'],
    ],
    [
      'two variables in a header',
      [{ type: 'HEADER', format: 'TEXT', text: '{{1}} {{2}}', example: { header_text: ['a', 'b'] } }, plain],
      ['components.0.text: at most 1 variable'],
    ],
    [
      'media without an example',
      [{ type: 'HEADER', format: 'VIDEO' }, plain],
      [expect.stringMatching(/^components.0.example.header_handle/)] as string[],
    ],
    [
      'a GIF that is no marketing',
      [{ ...image, format: 'GIF' }, plain],
      [expect.stringMatching(/^components.0.format: another format/)] as string[],
      { category: 'UTILITY' },
    ],
    [
      'three links',
      [plain, buttons(link('https://a.example'), link('https://a.example'), link('https://a.example'))],
      ['components.1.buttons.2.type: at most 2 URL buttons'],
    ],
    [
      'replies apart',
      [plain, buttons(reply('a'), link('https://a.example'), reply('b'))],
      [expect.stringMatching(/^components.1.buttons.2.type: the quick replies next to/)] as string[],
    ],
    [
      'a long label',
      [plain, buttons(reply('x'.repeat(26)))],
      ['components.1.buttons.0.text: 1 to 25 characters'],
    ],
    [
      'a variable inside a link',
      [plain, buttons(link('https://a.example/{{1}}/b', 'x'))],
      ['components.1.buttons.0.url: at most one variable, {{1}}, at the very end'],
    ],
    [
      'a variable as the host',
      [plain, buttons(link('https://{{1}}', 'x'))],
      [expect.stringMatching(/^components.1.buttons.0.url: an address/)] as string[],
    ],
    [
      'a link without an example',
      [plain, buttons(link('https://a.example/{{1}}'))],
      [expect.stringMatching(/^components.1.buttons.0.example/)] as string[],
    ],
    [
      'a one-time password',
      [plain, buttons({ type: 'OTP', text: 'Copy' })],
      [expect.stringMatching(/^components.1.buttons.0.type: a button of a campaign/)] as string[],
    ],
    [
      'an offer with everything wrong',
      [plain, offer('x'.repeat(17)), { type: 'FOOTER', text: 'f' }, buttons(reply('a'), code)],
      [
        'components.1.limited_time_offer.text: 1 to 16 characters',
        'components.2.type: no FOOTER, because there is a LIMITED_TIME_OFFER',
        'components.3.buttons.1.type: the COPY_CODE button first',
      ],
    ],
    [
      'an offer that ends without a code',
      [plain, offer('Soon')],
      [expect.stringMatching(/^components.1.limited_time_offer.has_expiration/)] as string[],
    ],
    ['one card', [plain, carousel(card(image, reply('a')))], ['components.1.cards: 2 to 10 cards']],
    [
      'cards that differ',
      [plain, carousel(card(image, reply('a')), card(image, link('https://a.example')))],
      [expect.stringMatching(/^components.1.cards.1.components: the same kinds/)] as string[],
    ],
    [
      'a card with a text header',
      [
        plain,
        carousel(card(image, reply('a')), card({ type: 'HEADER', format: 'TEXT', text: 'a' }, reply('b'))),
      ],
      [
        expect.stringMatching(/^components.1.cards.1.components.0.format: one of IMAGE, VIDEO, PRODUCT/),
        expect.stringMatching(/the same kinds/),
      ] as string[],
    ],
    [
      'a footer beside a carousel',
      [plain, { type: 'FOOTER', text: 'f' }, carousel(card(image, reply('a')), card(image, reply('b')))],
      [expect.stringMatching(/^components.1.type: no FOOTER beside a CAROUSEL/)] as string[],
    ],
  ])('%s: what is expected, and where', (_what, components, expected, more = {}) => {
    expect(problems(components, more)).toEqual(expected);
  });
});
