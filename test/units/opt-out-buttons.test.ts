import { optOutButtonsOf, optOutChoice, suggestsOptOut } from '../../src/catalog/templates/opt-out-buttons';
import { buttonsOf } from '../../src/catalog/templates/template-shape';

describe('the words of a button', () => {
  test.each([
    'Ver rebajas',
    'Trabajar con nosotros',
    'Preparar pedido',
    'Nearest bus stop',
    'One-stop shop',
    'Nonstop party',
    'Non-stop deals',
    'Stopover deals',
    'रोकड़ जमा करें',
    // similar texts
    "Don't stop the offers",
    'Do not stop updates',
    'Never stop learning',
    'Stop by today',
    'Stop & shop',
    'Stop-motion class',
    'Full stop?',
    'Pit stop service',
    'Stop payment',
    'Stop order',
    'No more waiting',
    'Opt in',
    'Subscribe',
    'Opto outlet',
    'Baja California',
    'Baja de precios',
    'Temporada baja',
    'Bajar la app',
    'Salir de compras',
    'Sin parar',
    'Comparar preços',
    'Sair à noite',
    'Pare de fumar',
    'Reparar pedido',
    'Parar el reloj',
    'Cancelar pedido',
    'Plus de promotions',
    'Abmeldung vom Kurs',
    'दुकान कब बंद है?',
    'रोको मत, ऑफ़र भेजो',
    'Yes, please',
    'Shop now',
    '🛑',
    '',
    '   ',
  ])('%j suggest nothing', (label) => {
    expect(suggestsOptOut(label)).toBe(false);
  });

  test.each([
    'Stop promotions',
    'Unsubscribe',
    'Parar de receber',
    'बंद करें',
    // similar texts
    'STOP',
    'Stop.',
    'Stop 🛑',
    'ＳＴＯＰ',
    'S\u200bTOP',
    'Please stop',
    'Stop sending me messages',
    'Stop all marketing messages',
    'Stop WhatsApp updates',
    'Unsubscribe me please',
    'Unsubscribe from this list',
    'Opt out',
    'Opt-out of offers',
    'No more offers, thanks',
    "Don't send me offers",
    'Don’t send me offers',
    'Do not contact me',
    'Baja',
    'Quiero darme de baja',
    "I'd like to unsubscribe",
    'Je veux me désabonner',
    'Darme de baja',
    'Dejar de recibir ofertas',
    'No recibir más mensajes',
    'Cancelar suscripción',
    'Parar promoções',
    'Sair da lista',
    'Não quero mais receber ofertas',
    'संदेश बंद करें',
    'ऑफ़र बंद करें',
    'ऑफ\u093cर बंद करें',
    'Band karo',
    'Se désabonner',
    'Se desabonner',
    'Ne plus recevoir de messages',
    'Newsletter abbestellen',
    'Berhenti berlangganan',
    'إلغاء الاشتراك',
  ])('%j suggest an opt-out', (label) => {
    expect(suggestsOptOut(label)).toBe(true);
  });
});

describe('the choice of a user', () => {
  const quickReplies = (...labels: string[]) =>
    buttonsOf([{ type: 'BUTTONS', buttons: labels.map((text) => ({ type: 'QUICK_REPLY', text })) }]);

  test('overrides the suggestion from the text, both ways', () => {
    const buttons = quickReplies('Stop promotions', 'Not for me');
    expect(optOutButtonsOf(buttons, null)).toEqual([0]);
    expect(optOutButtonsOf(buttons, optOutChoice(buttons, [1]))).toEqual([1]);
    expect(optOutButtonsOf(buttons, optOutChoice(buttons, []))).toEqual([]);
  });

  test('stays with the text of the button when an edit at WhatsApp moves the button', () => {
    const choice = optOutChoice(quickReplies('Not for me', 'Stop promotions'), [0]);
    expect(optOutButtonsOf(quickReplies('Stop promotions', 'Not for me'), choice)).toEqual([1]);
  });

  test('does not apply to a button with another text, which gets a new suggestion', () => {
    const choice = optOutChoice(quickReplies('Not for me'), [0]);
    expect(optOutButtonsOf(quickReplies('See the sale'), choice)).toEqual([]);
    expect(optOutButtonsOf(quickReplies('Unsubscribe'), choice)).toEqual([0]);
  });

  test('distinguishes two buttons with the same text', () => {
    const buttons = quickReplies('Later', 'Later');
    expect(optOutButtonsOf(buttons, optOutChoice(buttons, [1]))).toEqual([1]);
  });

  test('applies only to quick replies, whatever their text', () => {
    const buttons = buttonsOf([
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'URL', text: 'Unsubscribe', url: 'https://shop.example/out' },
          { type: 'QUICK_REPLY', text: '__proto__' },
          { type: 'QUICK_REPLY', text: 'Stop' },
        ],
      },
    ]);
    expect(optOutButtonsOf(buttons, null)).toEqual([2]);
    expect(optOutButtonsOf(buttons, optOutChoice(buttons, [1]))).toEqual([1]);
  });
});
