import type { StoredTemplate } from './template-shape';

/**
 * One template of every kind that lists of real accounts hold and that a reader may stumble over: parts
 * without their content, kinds that most clients cannot send, fields that are missing. All are APPROVED
 * unless that is what is odd, so that nothing but their content keeps anybody from sending them.
 */
export function oddTemplates(): Omit<StoredTemplate, 'id'>[] {
  const approved = (name: string, ...components: unknown[]) => ({
    name,
    language: 'en',
    status: 'APPROVED',
    category: 'MARKETING',
    parameter_format: 'POSITIONAL',
    components,
  });
  const body = { type: 'BODY', text: 'Hello {{1}}, welcome.' };
  const buttons = (...list: object[]) => ({ type: 'BUTTONS', buttons: list });
  const card = (text: string) => ({
    components: [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text },
      buttons({ type: 'URL', text: 'See', url: 'https://shop.example.com/p/{{1}}' }),
    ],
  });
  const { language: _language, ...withoutLanguage } = approved('odd_no_language', body);
  const { category: _category, ...withoutCategory } = approved('odd_no_category', body);
  const { status: _status, ...withoutStatus } = approved('odd_no_status', body);
  const { components: _components, ...withoutComponents } = approved('odd_no_components');
  const { name: _name, ...withoutName } = approved('', body);
  return [
    approved('odd_body_without_text', { type: 'BODY' }),
    approved('odd_no_body', { type: 'FOOTER', text: 'Only a footer' }),
    approved('odd_url_button_without_url', body, buttons({ type: 'URL', text: 'Shop' })),
    approved('odd_button_without_text', body, buttons({ type: 'QUICK_REPLY' })),
    approved('odd_buttons_without_list', body, { type: 'BUTTONS' }),
    approved('odd_header_without_format', { type: 'HEADER' }, body),
    approved('odd_header_unknown_format', { type: 'HEADER', format: 'HOLOGRAM' }, body),
    approved('odd_unknown_component', body, { type: 'CALL_PERMISSION_REQUEST' }),
    approved('odd_unknown_button', body, buttons({ type: 'TELEPATHY', text: 'Think' })),
    approved('odd_component_not_an_object', body, null, 'FOOTER'),
    approved('odd_carousel', body, { type: 'CAROUSEL', cards: [card('First'), card('Second')] }),
    approved(
      'odd_flow',
      body,
      buttons({ type: 'FLOW', text: 'Book', flow_id: '123', flow_action: 'NAVIGATE' }),
    ),
    approved('odd_catalog', body, buttons({ type: 'CATALOG', text: 'View catalog' })),
    approved('odd_multi_product', body, buttons({ type: 'MPM', text: 'View items' })),
    approved('odd_product_header', { type: 'HEADER', format: 'PRODUCT' }, body),
    approved(
      'odd_limited_time_offer',
      { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon', has_expiration: true } },
      body,
      buttons(
        { type: 'COPY_CODE', example: 'FRIDAY20' },
        { type: 'URL', text: 'Shop', url: 'https://shop.example.com/{{1}}' },
      ),
    ),
    {
      ...approved('odd_one_time_password', { type: 'BODY', add_security_recommendation: true }),
      category: 'AUTHENTICATION',
    },
    { ...approved('odd_unknown_status', body), status: 'HIBERNATING' },
    { ...approved('odd_unknown_category', body), category: 'SERVICE' },
    { ...approved('odd_components_not_a_list'), components: {} },
    { ...approved('odd_components_null'), components: null },
    withoutLanguage,
    withoutCategory,
    withoutStatus,
    withoutComponents,
    withoutName,
  ];
}
