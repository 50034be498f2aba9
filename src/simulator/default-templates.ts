import type { MessageTemplate, TemplateButton, TemplateComponent } from '../whatsapp/wire';
import { kindTemplates, type Draft } from './kind-templates';
import { hashText } from './random';

/**
 * The initial template library of every account: marketing and utility templates, some with a tracked
 * URL button, one template for each status that cannot be sent, and one of each kind.
 */

const IMAGE_HEADER: TemplateComponent = {
  type: 'HEADER',
  format: 'IMAGE',
  example: { header_handle: ['https://scontent.whatsapp.net/example.jpg'] },
};

const body = (text: string, ...example: string[]): TemplateComponent => ({
  type: 'BODY',
  text,
  ...(example.length > 0 && { example: { body_text: [example] } }),
});

const footer = (text: string): TemplateComponent => ({ type: 'FOOTER', text });

const buttons = (...list: TemplateButton[]): TemplateComponent => ({ type: 'BUTTONS', buttons: list });

function drafts(linkBase: string): Draft[] {
  const tracked = (text: string): TemplateButton => ({
    type: 'URL',
    text,
    url: `${linkBase}/r/{{1}}`,
    example: [`${linkBase}/r/k3Jx9aQ2`],
  });
  return [
    {
      name: 'diwali_sale_2024',
      language: 'en',
      components: [
        IMAGE_HEADER,
        body(
          'Hello {{1}},\n\n🎉 Exclusive Diwali offer just for you!\n\nGet {{2}} on everything from {{3}}\n\nShop now: https://example.com/diwali-sale\n\n*Terms and conditions apply',
          'Rajesh',
          '50% OFF',
          'Nov 10-15',
        ),
      ],
    },
    {
      name: 'vip_diwali_sale',
      language: 'en',
      components: [
        IMAGE_HEADER,
        body(
          'Namaste {{1}},\n\nAs one of our VIP customers you are invited before everybody else: {{2}} on the whole Diwali collection, {{3}}.\n\nShow this message at the counter or order at https://example.com/vip.',
          'Priya',
          '70% OFF',
          'Nov 1-5',
        ),
      ],
    },
    {
      name: 'course_launch',
      language: 'hi',
      components: [
        IMAGE_HEADER,
        body(
          'नमस्ते {{1}},\n\nहमारा नया कोर्स "{{2}}" शुरू होने जा रहा है। पहली कक्षा {{3}} को है और सीटें सीमित हैं।\n\nआज ही अपनी सीट पक्की करें: https://example.com/courses',
          'राजेश',
          'Data Science Master Class',
          '15 जनवरी 2025',
        ),
      ],
    },
    {
      name: 'hello_world',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Hello World' },
        body(
          'Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification from the Cloud API.',
        ),
        footer('WhatsApp Business Platform sample message'),
      ],
    },
    {
      name: 'festive_offer',
      language: 'en',
      components: [
        IMAGE_HEADER,
        body(
          'Hi {{1}}, the festive season is here! Enjoy {{2}} across the shop until Sunday midnight.',
          'Asha',
          '40% OFF',
        ),
        footer('Terms apply'),
        buttons(tracked('Shop now')),
      ],
    },
    {
      name: 'festive_offer',
      language: 'hi',
      components: [
        IMAGE_HEADER,
        body(
          'नमस्ते {{1}}, त्योहारों का मौसम आ गया है! रविवार रात तक हर खरीदारी पर {{2}} पाएँ।',
          'आशा',
          '40% की छूट',
        ),
        footer('शर्तें लागू'),
        buttons(tracked('अभी खरीदें')),
      ],
    },
    {
      name: 'order_followup',
      language: 'en',
      category: 'UTILITY',
      parameter_format: 'NAMED',
      components: [
        {
          type: 'BODY',
          text: 'Hi {{first_name}}, your order has arrived. Was everything as you expected?',
          example: { body_text_named_params: [{ param_name: 'first_name', example: 'Asha' }] },
        },
        buttons(tracked('Tell us')),
      ],
    },
    {
      name: 'weekend_sale',
      language: 'en',
      components: [
        body('Hi {{1}}, our weekend sale is on: fresh arrivals, fair prices, two days only.', 'Asha'),
        buttons(tracked('See the offers'), { type: 'QUICK_REPLY', text: 'Stop promotions' }),
      ],
    },
    {
      name: 'winter_draft',
      language: 'en',
      status: 'PENDING',
      components: [body('Hello {{1}}, winter is coming to our shop.', 'Asha')],
    },
    {
      name: 'old_offer',
      language: 'en',
      status: 'PAUSED',
      components: [body('Hello {{1}}, one more week of last month’s prices.', 'Asha')],
    },
    {
      name: 'banned_offer',
      language: 'en',
      status: 'DISABLED',
      components: [body('Hello {{1}}, you have won!', 'Asha')],
    },
    {
      name: 'rejected_offer',
      language: 'en',
      status: 'REJECTED',
      components: [body('Hello {{1}}, send us your card number.', 'Asha')],
    },
    ...kindTemplates(tracked),
  ];
}

/**
 * A template id that is the same in every run. It has 15 digits because webhooks contain it as a JSON
 * number, which must stay below 2^53.
 */
export function templateId(wabaId: string, name: string, language: string): string {
  const identity = `${wabaId}/${name}/${language}`;
  return `${1_000_000 + (hashText(1, identity) % 9_000_000)}${String(hashText(2, identity) % 100_000_000).padStart(8, '0')}`;
}

export function defaultTemplates(wabaId: string, linkBase: string): MessageTemplate[] {
  return drafts(linkBase).map((draft) => ({
    id: templateId(wabaId, draft.name, draft.language),
    status: 'APPROVED',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    quality_score: { score: 'UNKNOWN' },
    ...(draft.status === 'REJECTED' && { rejected_reason: 'SCAM' }),
    ...draft,
  }));
}
