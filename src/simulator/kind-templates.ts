import type { HeaderFormat, MessageTemplate, TemplateButton, TemplateComponent } from '../whatsapp/wire';

/** One template of each kind of header, button and layout that the Cloud API has, for the initial library. */

/** A template of the initial library; what is left out is APPROVED, MARKETING and POSITIONAL. */
export type Draft = Omit<MessageTemplate, 'id' | 'parameter_format' | 'category' | 'status'> &
  Partial<Pick<MessageTemplate, 'parameter_format' | 'category' | 'status'>>;

const media = (format: HeaderFormat, file?: string): TemplateComponent => ({
  type: 'HEADER',
  format,
  ...(file !== undefined && { example: { header_handle: [`https://scontent.whatsapp.net/${file}`] } }),
});

const body = (text: string, ...example: string[]): TemplateComponent => ({
  type: 'BODY',
  text,
  ...(example.length > 0 && { example: { body_text: [example] } }),
});

const buttons = (...list: TemplateButton[]): TemplateComponent => ({ type: 'BUTTONS', buttons: list });

const product = (path: string): TemplateButton => ({
  type: 'URL',
  text: 'View',
  url: `https://shop.example.com/${path}/{{1}}`,
  example: [`https://shop.example.com/${path}/silk-saree`],
});

const mediaCard = (text: string, example: string) => ({
  components: [media('IMAGE', 'card.jpg'), body(text, example), buttons(product('p'))],
});

const productCard = () => ({
  components: [media('PRODUCT'), buttons({ type: 'SPM', text: 'View' })],
});

export function kindTemplates(tracked: (text: string) => TemplateButton): Draft[] {
  const draft = (name: string, ...components: TemplateComponent[]): Draft => ({
    name,
    language: 'en',
    components,
  });
  return [
    draft(
      'video_greeting',
      media('VIDEO', 'greeting.mp4'),
      body('Hi {{1}}, see how our weavers work in this short film.', 'Asha'),
      buttons(tracked('Visit the shop')),
    ),
    draft(
      'price_list',
      media('DOCUMENT', 'prices.pdf'),
      body('Hi {{1}}, here is the new price list for {{2}}.', 'Asha', 'November'),
    ),
    draft(
      'sparkle_gif',
      media('GIF', 'sparkle.mp4'),
      body('Happy Diwali, {{1}}! May your year be bright.', 'Asha'),
    ),
    draft(
      'store_opening',
      media('LOCATION'),
      body('Hi {{1}}, our new shop opens its doors on {{2}}. Come and see us!', 'Asha', 'Saturday'),
    ),
    draft(
      'order_news',
      { type: 'HEADER', format: 'TEXT', text: 'News for {{1}}', example: { header_text: ['Asha'] } },
      body('The {{1}} that you liked is back in {{2}} until Sunday.', 'kurta', 'all sizes'),
      { type: 'FOOTER', text: 'Mumbai Bazaar' },
    ),
    draft(
      'coupon_week',
      body('Hi {{1}}, this week everything is {{2}} with your own code.', 'Asha', '15% off'),
      buttons(
        { type: 'COPY_CODE', example: ['WEEK15'] },
        product('sale'),
        product('new'),
        { type: 'QUICK_REPLY', text: 'Remind me' },
        { type: 'QUICK_REPLY', text: 'Stop promotions' },
      ),
    ),
    draft(
      'book_a_fitting',
      body('Hi {{1}}, book a fitting with our tailor, it takes a minute.', 'Asha'),
      buttons({
        type: 'FLOW',
        text: 'Book now',
        flow_id: '912345678901234',
        flow_action: 'navigate',
        navigate_screen: 'DATE',
      }),
    ),
    draft(
      'browse_catalog',
      body('Hi {{1}}, our whole catalogue is now on WhatsApp.', 'Asha'),
      buttons({ type: 'CATALOG', text: 'View catalog' }),
    ),
    draft(
      'festive_picks',
      { type: 'HEADER', format: 'TEXT', text: 'Picked for you' },
      body('Hi {{1}}, these gifts arrive before Diwali.', 'Asha'),
      buttons({ type: 'MPM', text: 'View items' }),
    ),
    draft(
      'product_of_the_day',
      media('PRODUCT'),
      body('Hi {{1}}, today only at {{2}}!', 'Asha', 'half the price'),
      buttons({ type: 'SPM', text: 'View' }),
    ),
    draft(
      'call_us',
      body('Hi {{1}}, questions about an order? We are there for you.', 'Asha'),
      buttons(
        { type: 'PHONE_NUMBER', text: 'Call the shop', phone_number: '+912240001234' },
        { type: 'VOICE_CALL', text: 'Call on WhatsApp' },
        { type: 'URL', text: 'Help', url: 'https://shop.example.com/help' },
      ),
    ),
    draft(
      'flash_offer',
      media('IMAGE', 'offer.jpg'),
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon!', has_expiration: true } },
      body('Hi {{1}}, the first hundred orders get {{2}} off.', 'Asha', '40%'),
      buttons({ type: 'COPY_CODE', example: ['FLASH40'] }, tracked('Shop now')),
    ),
    draft('lookbook', body('Hi {{1}}, three looks for the season.', 'Asha'), {
      type: 'CAROUSEL',
      cards: [
        mediaCard('Silk for {{1}}, woven by hand.', 'weddings'),
        mediaCard('Cotton for {{1}}, cool all day.', 'summer'),
        mediaCard('Wool for {{1}}, soft and warm.', 'winter'),
      ],
    }),
    draft('catalog_cards', body('Hi {{1}}, have a look at our favourites.', 'Asha'), {
      type: 'CAROUSEL',
      cards: [productCard(), productCard()],
    }),
  ];
}
