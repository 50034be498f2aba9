import { kindTemplates } from '../../src/simulator/kind-templates';
import { shapeOf } from '../../src/catalog/templates/template-shape';
import { whyNotFitting } from '../../src/catalog/templates/template-value';
import type { TemplateValues } from '../../src/catalog/templates/template-value';
import { VariableKind } from '../../src/catalog/templates/variables';

const publicUrl = 'https://dakiya.example';
const tracked = (text: string) => ({ type: 'URL', text, url: `${publicUrl}/r/{{1}}` }) as const;
const library = new Map(kindTemplates(tracked).map((one) => [one.name, one.components]));
const variablesOf = (name: string) => shapeOf(library.get(name), publicUrl).variables;

describe('the variables of a template', () => {
  test.each<[string, [string, string][]]>([
    [
      'video_greeting',
      [
        ['header', 'VIDEO'],
        ['body.1', 'TEXT'],
      ],
    ],
    [
      'price_list',
      [
        ['header', 'DOCUMENT'],
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
      ],
    ],
    [
      'sparkle_gif',
      [
        ['header', 'GIF'],
        ['body.1', 'TEXT'],
      ],
    ],
    [
      'store_opening',
      [
        ['header', 'LOCATION'],
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
      ],
    ],
    [
      'order_news',
      [
        ['header.1', 'TEXT'],
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
      ],
    ],
    [
      'coupon_week',
      [
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
        ['button.0', 'COUPON'],
        ['button.1', 'URL_SUFFIX'],
        ['button.2', 'URL_SUFFIX'],
      ],
    ],
    [
      'book_a_fitting',
      [
        ['body.1', 'TEXT'],
        ['button.0', 'FLOW'],
      ],
    ],
    [
      'browse_catalog',
      [
        ['body.1', 'TEXT'],
        ['button.0', 'PRODUCT'],
      ],
    ],
    [
      'festive_picks',
      [
        ['body.1', 'TEXT'],
        ['button.0', 'PRODUCTS'],
      ],
    ],
    [
      'product_of_the_day',
      [
        ['header', 'PRODUCT'],
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
      ],
    ],
    ['call_us', [['body.1', 'TEXT']]],
    [
      'flash_offer',
      [
        ['header', 'IMAGE'],
        ['body.1', 'TEXT'],
        ['body.2', 'TEXT'],
        ['offer.expiresAt', 'EXPIRES_AT'],
        ['button.0', 'COUPON'],
      ],
    ],
    [
      'lookbook',
      [
        ['body.1', 'TEXT'],
        ...[1, 2, 3].flatMap((card): [string, string][] => [
          [`card.${card}.header`, 'IMAGE'],
          [`card.${card}.body.1`, 'TEXT'],
          [`card.${card}.button.0`, 'URL_SUFFIX'],
        ]),
      ],
    ],
    [
      'catalog_cards',
      [
        ['body.1', 'TEXT'],
        ['card.1.header', 'PRODUCT'],
        ['card.2.header', 'PRODUCT'],
      ],
    ],
  ])('%s', (name, expected) => {
    const shape = shapeOf(library.get(name), publicUrl);
    expect(shape.problem).toBeUndefined();
    expect(shape.variables.map(({ key, kind }) => [key, kind])).toEqual(expected);
  });

  test('have labels that differ, also from card to card', () => {
    for (const name of library.keys()) {
      const labels = variablesOf(name).map(({ label }) => label);
      expect([name, new Set(labels).size]).toEqual([name, labels.length]);
      expect(labels.every((label) => /^[A-Z]/.test(label))).toBe(true);
    }
  });

  test('have the examples of their approval; of a link only the end', () => {
    const examples = (name: string) => variablesOf(name).map(({ example }) => example);
    expect(examples('coupon_week')).toEqual(['Asha', '15% off', 'WEEK15', 'silk-saree', 'silk-saree']);
    expect(examples('order_news')).toEqual(['Asha', 'kurta', 'all sizes']);
    expect(examples('price_list')[0]).toMatch(/prices\.pdf$/);
    const named = {
      type: 'BODY',
      text: 'Hi {{b}} {{a}}',
      example: { body_text_named_params: [{ param_name: 'a', example: 'first' }, null, { param_name: 7 }] },
    };
    expect(shapeOf([named], publicUrl).variables.map(({ key, example }) => [key, example])).toEqual([
      ['body.b', null],
      ['body.a', 'first'],
    ]);
  });

  test.each([{ example: null }, { example: { body_text: 'x' } }, { example: { body_text: [[7]] } }, {}])(
    'have no example where WhatsApp gives none: %j',
    (odd) => {
      expect(shapeOf([{ type: 'BODY', text: 'Hi {{1}}', ...odd }], publicUrl).variables).toMatchObject([
        { key: 'body.1', example: null, required: true },
      ]);
    },
  );

  test('are required, but for the token of a flow', () => {
    for (const name of library.keys())
      for (const { kind, required } of variablesOf(name)) expect(required).toBe(kind !== VariableKind.FLOW);
  });

  test('do not include a tracked button of a card, which is filled by us', () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BUTTONS', buttons: [tracked('Buy')] },
      ],
    };
    const shape = shapeOf(
      [
        { type: 'BODY', text: 'Hi' },
        { type: 'CAROUSEL', cards: [card] },
      ],
      publicUrl,
    );
    expect(shape.variables.map(({ key }) => key)).toEqual(['card.1.header']);
    expect(shape.cards[0]?.trackedButtons).toEqual([0]);
  });
});

describe('values given for an earlier version of a template', () => {
  const text = (value: string) => ({ kind: VariableKind.TEXT, value });
  const variables = variablesOf('price_list');
  const values: TemplateValues = {
    header: { kind: VariableKind.DOCUMENT, mediaUrl: 'https://cdn.example/a.pdf' },
    'body.1': text('a'),
    'body.2': text('b'),
  };

  test('fit while nothing has changed', () => {
    expect(whyNotFitting(variables, values)).toBeUndefined();
  });

  test.each<[string, TemplateValues, RegExp]>([
    ['another number of texts', { ...values, 'body.3': text('c') }, /it has 2 parameters now.*gives 3/],
    [
      'another name',
      { header: values.header!, 'body.1': text('a'), 'body.name': text('b') },
      /a value for body\.2 now/,
    ],
    [
      'another header',
      { ...values, header: { kind: VariableKind.IMAGE, mediaUrl: 'https://cdn.example/a.jpg' } },
      /its header takes DOCUMENT now.*gives IMAGE/,
    ],
    [
      'no offer any more',
      { ...values, 'offer.expiresAt': { kind: VariableKind.EXPIRES_AT, value: '2030-01-01T00:00:00Z' } },
      /no offer\.expiresAt any more/,
    ],
  ])('do not fit: %s', (_what, given, says) => {
    expect(whyNotFitting(variables, given)).toMatch(says);
  });
});
