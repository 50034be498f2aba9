/**
 * The words by which a quick reply asks for no more messages, by language. A label is such a request when it has one of
 * the `asks`, and nothing beside it but words of `beside`: "Stop promotions" is one, "Nearest bus stop" is not.
 * Written in lower case; accents of Latin letters do not matter.
 */
export interface OptOutWords {
  /** Whole phrases. */
  asks: readonly string[];
  /** Single words. */
  beside: readonly string[];
}

export const optOutWords: Readonly<Record<string, OptOutWords>> = {
  en: {
    asks: [
      'stop',
      'stopall',
      'unsubscribe',
      'opt out',
      'optout',
      'opt me out',
      'no more',
      'remove me',
      'take me off',
      'dont send',
      'do not send',
      'dont message',
      'do not message',
      'dont contact',
      'do not contact',
    ],
    beside: (
      'a about again ads adverts alerts all and any campaigns chat chats communication communications from future ' +
      'getting i id it like list mailing marketing me message messages messaging messaging more my newsletter newsletters ' +
      'notification notifications now of offer offers please promo promos promotion promotional promotions receiving ' +
      'reminders sending sms spam subscription texts texting thank thanks the these this to updates us want whatsapp ' +
      'you your'
    ).split(' '),
  },
  es: {
    asks: [
      'baja',
      'dar de baja',
      'darme de baja',
      'darse de baja',
      'dame de baja',
      'deme de baja',
      'quiero la baja',
      'solicitar baja',
      'parar',
      'salir',
      'cancelar suscripcion',
      'cancelar la suscripcion',
      'cancelar mi suscripcion',
      'anular suscripcion',
      'desuscribir',
      'desuscribirme',
      'desuscribirse',
      'no recibir',
      'dejar de recibir',
      'no quiero recibir',
      'no mas',
    ],
    beside: (
      'a anuncios avisos boletin comunicaciones correos de del el en esta este estos favor la las lista los mas ' +
      'mensajes mi notificaciones novedades ofertas por promocion promociones promos publicidad recibir sus quiero deseo whatsapp'
    ).split(' '),
  },
  pt: {
    asks: [
      'parar',
      'pare',
      'sair',
      'descadastrar',
      'descadastrar me',
      'me descadastrar',
      'cancelar inscricao',
      'cancelar a inscricao',
      'cancelar minha inscricao',
      'cancelar assinatura de mensagens',
      'desinscrever',
      'desinscrever me',
      'nao receber',
      'nao quero receber',
      'nao quero mais',
      'deixar de receber',
      'remover me',
      'me remova',
    ],
    beside: (
      'a anuncios as avisos comunicacoes contato da das de do e enviar essas estas favor lista mais marketing me ' +
      'mensagem mensagens minha notificacoes novidades o ofertas os por promocao promocoes promos propaganda ' +
      'propagandas publicidade quero receber whatsapp'
    ).split(' '),
  },
  hi: {
    asks: [
      'बंद करें',
      'बंद करे',
      'बंद करो',
      'बंद कर दें',
      'बंद',
      'रोकें',
      'रोको',
      'रोक दें',
      'सदस्यता समाप्त करें',
      'सदस्यता रद्द करें',
      'अनसब्सक्राइब',
      'अनसब्सक्राइब करें',
      'मत भेजें',
      'न भेजें',
      'band karo',
      'band karein',
      'band kare',
      'band karen',
      'mat bhejo',
      'mat bhejein',
    ],
    beside: (
      'अब आगे इन और का की के को कृपया मुझे मैसेज मेसेज मार्केटिंग यह ये विज्ञापन व्हाट्सएप व्हाट्सऐप संदेश ' +
      'संदेशों सभी सूचना सूचनाएं से ऑफर ऑफ़र ऑफर्स प्रचार प्रमोशन अपडेट भेजना offer offers message messages ' +
      'mujhe promotion promotions ye yeh aur koi'
    ).split(' '),
  },
  fr: {
    asks: [
      'stop',
      'arreter',
      'se desabonner',
      'me desabonner',
      'desabonner',
      'desabonnement',
      'se desinscrire',
      'me desinscrire',
      'desinscription',
      'ne plus recevoir',
    ],
    beside: (
      'ces d de des du je l la le les liste messages newsletter notifications offre offres promo promos ' +
      'promotions pub publicites recevoir souhaite svp veux vos whatsapp'
    ).split(' '),
  },
  de: {
    asks: [
      'stop',
      'stopp',
      'abmelden',
      'abbestellen',
      'austragen',
      'keine werbung',
      'keine nachrichten',
      'keine angebote',
      'nicht mehr erhalten',
      'nichts mehr senden',
    ],
    beside: (
      'angebote bitte den der die erhalten ich liste mehr mich mochte nachrichten newsletter senden vom von ' +
      'werbenachrichten werbung whatsapp'
    ).split(' '),
  },
  it: {
    asks: [
      'stop',
      'disiscrivermi',
      'disiscriviti',
      'disiscrizione',
      'cancella iscrizione',
      'annulla iscrizione',
      'non ricevere',
      'non voglio ricevere',
    ],
    beside:
      'ai dai dal dalla i le lista messaggi newsletter notifiche offerte per piu promo promozioni pubblicita whatsapp'.split(
        ' ',
      ),
  },
  id: {
    asks: ['stop', 'berhenti', 'berhenti berlangganan', 'jangan kirim', 'hentikan'],
    beside:
      'dari ini kirim lagi langganan menerima notifikasi penawaran pesan promo promosi saya semua whatsapp'.split(
        ' ',
      ),
  },
  nl: {
    asks: ['stop', 'afmelden', 'uitschrijven', 'geen berichten', 'geen reclame'],
    beside: 'aanbiedingen berichten de meer met mij nieuwsbrief van voor whatsapp reclame'.split(' '),
  },
  tr: {
    asks: ['abonelikten cik', 'aboneligi iptal et', 'mesaj almak istemiyorum', 'durdur'],
    beside: 'bildirimleri kampanya mesajlari reklam artik tum whatsapp'.split(' '),
  },
  ru: { asks: ['отписаться', 'стоп'], beside: 'от рассылки рассылка сообщений уведомлений'.split(' ') },
  ar: {
    asks: ['إلغاء الاشتراك', 'الغاء الاشتراك', 'إيقاف', 'ايقاف', 'توقف'],
    beside: 'الرسائل رسائل العروض الإشعارات من في كل هذه'.split(' '),
  },
  ur: { asks: ['بند کریں', 'روکیں'], beside: 'پیغامات پیغام آفرز یہ'.split(' ') },
  mr: { asks: ['थांबवा', 'बंद करा'], beside: 'संदेश मेसेज ऑफर हे सर्व कृपया'.split(' ') },
  gu: { asks: ['બંધ કરો', 'રોકો'], beside: 'સંદેશ સંદેશા મેસેજ ઓફર આ બધા'.split(' ') },
  bn: { asks: ['বন্ধ করুন', 'থামান'], beside: 'বার্তা মেসেজ অফার এই সব'.split(' ') },
  ta: { asks: ['நிறுத்து', 'நிறுத்தவும்', 'நிறுத்துங்கள்'], beside: 'செய்திகளை செய்தி இந்த சலுகைகளை'.split(' ') },
  te: { asks: ['ఆపండి', 'ఆపు', 'ఆపివేయండి'], beside: 'సందేశాలు సందేశాలను మెసేజ్ ఆఫర్లు ఈ'.split(' ') },
};
