import { isTracked, prepareMessage } from '../../src/catalog/message';
import type { MessageContent } from '../../src/catalog/message';
import { compilePattern, fillPattern, UnknownPlaceholder, uses } from '../../src/catalog/placeholders';
import type { SendableTemplate } from '../../src/catalog/renderer';
import { shapeOf } from '../../src/catalog/templates/template-shape';
import type { TemplateValues } from '../../src/catalog/templates/template-value';
import { isMedia, parametersOf } from '../../src/catalog/templates/variables';
import type { TemplateComponent } from '../../src/whatsapp/wire';

const publicUrl = 'https://dakiya.example';
const person = { name: '  Asha Rao ', phone: '+919820000001', email: null };
const stamp = { callbackData: 'c:1:1', linkToken: () => 'TOKEN' };

describe('placeholders', () => {
  const fill = (text: string, who = person) => fillPattern(compilePattern(text, { link: true }), who, 'LINK');

  test('are filled for every field, also with spaces inside the braces and more than once', () => {
    expect(fill('{{name}}|{{ firstName }}|{{phone}}|{{email|none}}|{{link}}|{{name}}')).toBe(
      'Asha Rao|Asha|+919820000001|none|LINK|Asha Rao',
    );
  });

  test('use their fallback only if the field is empty', () => {
    expect(fill('Hi {{firstName|there}}', { ...person, name: ' ' })).toBe('Hi there');
    expect(fill('Hi {{firstName|there}}')).toBe('Hi Asha');
    expect(fill('Hi {{name}}!', { ...person, name: '' })).toBe('Hi !');
  });

  test('in values are not filled', () => {
    expect(fill('Hi {{name}}', { ...person, name: '{{phone}}' })).toBe('Hi {{phone}}');
  });

  test('may be missing, and other braces are left unchanged', () => {
    expect(fill('100% {off} $& $1')).toBe('100% {off} $& $1');
    expect(uses(compilePattern('{{link}}', { link: true }), 'link')).toBe(true);
  });

  test.each(['{{nmae}}', '{{}}', '{{1}}', '{{Name}}'])('%s is unknown', (text) => {
    expect(() => compilePattern(text, { link: true })).toThrow(UnknownPlaceholder);
  });

  test('{{link}} is unknown without a link', () => {
    expect(() => compilePattern('{{link}}', { link: false })).toThrow(/\{\{name\}\}/);
  });
});

const components: TemplateComponent[] = [
  { type: 'BODY', text: 'Hi {{2}}, {{1}} and {{2}}' },
  { type: 'HEADER', format: 'TEXT', text: 'For {{1}}' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Stop' },
      { type: 'URL', text: 'Other', url: 'https://shop.example/{{1}}' },
      { type: 'URL', text: 'Ours', url: `${publicUrl}/r/{{1}}` },
      { type: 'COPY_CODE', example: 'CODE' },
    ],
  },
];
const template = (more: Partial<SendableTemplate> = {}): SendableTemplate => ({
  name: 'offer',
  language: 'en',
  parameterFormat: 'POSITIONAL',
  components,
  ...more,
});
/** `templateParameters` as the guide gives them: they stand for the keys of the template's texts. */
type Given = Partial<MessageContent> & { templateParameters?: string[] };
function content({ templateParameters = [], ...more }: Given): MessageContent {
  const { variables } = shapeOf(more.template?.components ?? [], publicUrl);
  const templateValues: Record<string, TemplateValues[string]> = {};
  parametersOf(variables).forEach(({ key, kind }, i) => {
    templateValues[key] = { kind, value: templateParameters[i] ?? '' };
  });
  for (const { key, kind } of variables)
    if (isMedia(kind) && more.mediaUrl) templateValues[key] = { kind, mediaUrl: more.mediaUrl };
  return {
    template: undefined,
    templateValues,
    messageText: null,
    mediaUrl: null,
    mediaType: null,
    ...more,
  };
}
const render = (given: Given, who = person) => prepareMessage(content(given), publicUrl)(who, stamp);

describe('a template’s shape', () => {
  test('lists the header first, each variable once and in order, and the tracked button separately', () => {
    const shape = shapeOf(components, publicUrl);
    expect(shape.problem).toBeUndefined();
    expect(shape.headerFormat).toBe('TEXT');
    expect(shape.bodyText).toBe('Hi {{2}}, {{1}} and {{2}}');
    expect(shape.variables.map(({ key, kind }) => [key, kind])).toEqual([
      ['header.1', 'TEXT'],
      ['body.1', 'TEXT'],
      ['body.2', 'TEXT'],
      ['button.1', 'URL_SUFFIX'],
      ['button.3', 'COUPON'],
    ]);
    expect(shape.trackedButtons).toEqual([2]);
    expect(shape.measured).toEqual([
      { what: 'the header', fixedLength: 4, values: [{ slot: 0, times: 1 }], max: 60 },
      {
        what: 'the body',
        fixedLength: 10,
        values: [
          { slot: 1, times: 1 },
          { slot: 2, times: 2 },
        ],
        max: 1024,
      },
      { what: 'button 2', fixedLength: 21, values: [{ slot: 3, times: 1 }], max: 2000 },
      { what: 'button 4', fixedLength: 0, values: [{ slot: 4, times: 1 }], max: 20 },
    ]);
  });

  test('does not take the button of another installation for a tracked button', () => {
    const foreign = shapeOf(components, 'https://other.example');
    expect(foreign.trackedButtons).toEqual([]);
    expect(foreign.variables).toContainEqual(
      expect.objectContaining({ key: 'button.2', kind: 'URL_SUFFIX' }),
    );
  });

  test('named variables keep their order of appearance', () => {
    const { variables } = shapeOf([{ type: 'BODY', text: '{{b}} {{a}} {{b}}' }], publicUrl);
    expect(variables.map(({ key }) => key)).toEqual(['body.b', 'body.a']);
  });
});

describe('a template message', () => {
  const templateParameters = ['{{name}}', '50%', '{{firstName|you}}', 'sale', 'CODE'];

  test('has the values, the tracked button and the payload of the opt-out button in their components', () => {
    expect(render({ template: template(), templateParameters })).toMatchObject({
      message: {
        to: '+919820000001',
        type: 'template',
        biz_opaque_callback_data: 'c:1:1',
        template: {
          name: 'offer',
          language: { code: 'en' },
          components: [
            { type: 'header', parameters: [{ type: 'text', text: 'Asha Rao' }] },
            { type: 'body', parameters: [{ text: '50%' }, { text: 'Asha' }] },
            { sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'sale' }] },
            { sub_type: 'copy_code', index: '3', parameters: [{ type: 'coupon_code', coupon_code: 'CODE' }] },
            { sub_type: 'url', index: '2', parameters: [{ type: 'text', text: 'TOKEN' }] },
            { sub_type: 'quick_reply', index: '0', parameters: [{ type: 'payload', payload: 'STOP:c:1:1' }] },
          ],
        },
      },
    });
    expect(isTracked(content({ template: template() }), publicUrl)).toBe(true);
  });

  test('with an empty value fails for this recipient, naming the component', () => {
    expect(render({ template: template(), templateParameters: ['x', '{{email}}', 'x', 'x', 'x'] })).toEqual({
      problem: 'The value for {{1}} is empty for this person',
    });
  });

  test('has new lines, tabs and repeated spaces, which WhatsApp rejects, replaced by a space', () => {
    const odd = { ...person, name: 'A\r\n\tB      C' };
    expect(render({ template: template(), templateParameters }, odd)).toMatchObject({
      message: { template: { components: [{ parameters: [{ text: 'A B    C' }] }, {}, {}, {}, {}, {}] } },
    });
  });

  test('has the opt-out payload on the chosen buttons and no other', () => {
    const buttons = [
      { type: 'QUICK_REPLY', text: 'Stop' },
      { type: 'QUICK_REPLY', text: 'Ver rebajas' },
    ];
    const payloads = (optOutChoice: SendableTemplate['optOutChoice']) => {
      const shown = template({
        components: [
          { type: 'BODY', text: 'Hi' },
          { type: 'BUTTONS', buttons },
        ],
        optOutChoice,
      });
      return JSON.stringify(render({ template: shown })).match(/(STOP|REPLY):c:1:1/g);
    };
    expect(payloads(null)).toEqual(['STOP:c:1:1', 'REPLY:c:1:1']);
    expect(
      payloads([
        { index: 0, text: 'Stop', optsOut: false },
        { index: 1, text: 'Ver rebajas', optsOut: true },
      ]),
    ).toEqual(['REPLY:c:1:1', 'STOP:c:1:1']);
  });

  test('with a name that makes the body too long fails for this recipient alone', () => {
    const long = template({ components: [{ type: 'BODY', text: `{{1}}${'x'.repeat(1010)}, {{1}}` }] });
    const given = { template: long, templateParameters: ['{{firstName}}'] };
    expect(render(given)).toHaveProperty('message');
    expect(render(given, { ...person, name: 'Ashalata' })).toEqual({
      problem: "With this person's values the body has 1028 characters; WhatsApp allows 1024",
    });
  });

  test.each<[string, object, string, string]>([
    ['the header', { type: 'HEADER', format: 'TEXT', text: 'For {{1}}' }, '{{name}}', 'the header has 64'],
    ['a coupon', { type: 'BUTTONS', buttons: [{ type: 'COPY_CODE' }] }, '{{name}}', 'button 1 has 60'],
  ])('%s too long for one recipient', (_what, component, value, says) => {
    const shown = template({ components: [{ type: 'BODY', text: 'Hi' }, component] });
    const given = { template: shown, templateParameters: [value] };
    expect(render(given, { ...person, name: 'n'.repeat(60) })).toEqual({
      problem: expect.stringContaining(says) as unknown,
    });
    expect(render(given)).toHaveProperty('message');
  });

  test('has names in URLs percent-encoded; both URLs are filled', () => {
    const shown = template({
      components: [
        { type: 'BODY', text: 'Hi' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'A', url: 'https://a.example/?n={{1}}' },
            { type: 'URL', text: 'B', url: 'https://b.example/{{1}}' },
          ],
        },
      ],
    });
    expect(render({ template: shown, templateParameters: ['{{name}}&b=1', 'sale?a=%20'] })).toMatchObject({
      message: {
        template: {
          components: [
            { index: '0', parameters: [{ text: 'Asha%20Rao&b=1' }] },
            { index: '1', parameters: [{ text: 'sale?a=%20' }] },
          ],
        },
      },
    });
  });

  test('has named parameters by name even if WhatsApp does not report the format', () => {
    const named = template({ components: [{ type: 'BODY', text: 'Hi {{first_name}}' }] });
    expect(JSON.stringify(render({ template: named, templateParameters: ['x'] }))).toContain(
      '"parameter_name":"first_name"',
    );
  });

  test('has named parameters by name', () => {
    const named = template({
      parameterFormat: 'NAMED',
      components: [{ type: 'BODY', text: 'Hi {{first_name}}' }],
    });
    expect(render({ template: named, templateParameters: ['{{firstName}}'] })).toMatchObject({
      message: {
        template: { components: [{ parameters: [{ parameter_name: 'first_name', text: 'Asha' }] }] },
      },
    });
  });

  test('has amounts and dates as texts, also where older programs sent them as `currency` and `date_time`', () => {
    const shown = template({ components: [{ type: 'BODY', text: 'Pay {{1}} until {{2}}.' }] });
    expect(render({ template: shown, templateParameters: ['₹1,099.00', '5 November 2026'] })).toMatchObject({
      message: {
        template: {
          components: [
            {
              type: 'body',
              parameters: [
                { type: 'text', text: '₹1,099.00' },
                { type: 'text', text: '5 November 2026' },
              ],
            },
          ],
        },
      },
    });
  });

  test.each(['IMAGE', 'VIDEO', 'DOCUMENT', 'GIF'] as const)(
    'has its header of the format %s by WhatsApp’s id of the media, where WhatsApp has it',
    (format) => {
      const mediaUrl = 'https://cdn.example.com/a';
      const components: TemplateComponent[] = [
        { type: 'HEADER', format },
        { type: 'BODY', text: 'Hi' },
      ];
      const given = content({ template: template({ components }), mediaUrl });
      const type = format.toLowerCase();
      const header = (uploaded: Map<string, string>) =>
        prepareMessage(given, publicUrl, uploaded)(person, stamp);
      for (const [uploaded, media] of [
        [new Map([[mediaUrl, '4711']]), { id: '4711' }],
        [new Map<string, string>(), { link: mediaUrl }],
      ] as const)
        expect(header(uploaded)).toMatchObject({
          message: {
            template: { components: [{ type: 'header', parameters: [{ type, [type]: media }] }] },
          },
        });
    },
  );

  test('has its media header, and no component without a value', () => {
    const withImage = template({ components: [{ type: 'HEADER', format: 'IMAGE' }] });
    const mediaUrl = 'https://cdn.example/a.jpg';
    expect(render({ template: withImage, mediaUrl, mediaType: 'IMAGE' })).toMatchObject({
      message: {
        template: {
          components: [{ type: 'header', parameters: [{ type: 'image', image: { link: mediaUrl } }] }],
        },
      },
    });
    const plain = render({ template: template({ components: [{ type: 'BODY', text: 'Hello' }] }) });
    expect(plain).not.toHaveProperty('message.template.components');
  });
});

describe('a free-form message', () => {
  test('is text with the link of the recipient', () => {
    expect(render({ messageText: 'Hi {{firstName}}: {{link}}' })).toMatchObject({
      message: { type: 'text', text: { body: `Hi Asha: ${publicUrl}/r/TOKEN`, preview_url: true } },
    });
    expect(isTracked(content({ messageText: '{{link}}' }), publicUrl)).toBe(true);
    expect(isTracked(content({ messageText: 'no link' }), publicUrl)).toBe(false);
  });

  test.each(['IMAGE', 'VIDEO', 'DOCUMENT'] as const)('is %s with or without a caption', (mediaType) => {
    const kind = mediaType.toLowerCase();
    const mediaUrl = 'https://cdn.example/a';
    expect(render({ mediaUrl, mediaType, messageText: 'For {{name}}' })).toMatchObject({
      message: { type: kind, [kind]: { link: mediaUrl, caption: 'For Asha Rao' } },
    });
    expect(render({ mediaUrl, mediaType })).not.toHaveProperty(`message.${kind}.caption`);
  });

  test('with an empty text fails for this recipient', () => {
    expect(render({ messageText: ' {{email}} ' })).toEqual({
      problem: 'The text is empty for this person',
    });
  });
});
