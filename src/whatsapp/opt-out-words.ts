/**
 * The words by which people opt out and in, by language (ISO 639-1). WhatsApp gives typed words no meaning; these are
 * ours. A message counts when it consists of one of them and nothing else, whatever its case, accents, punctuation and
 * emoji. Words that answer a question ("yes", "ok") are left out on purpose.
 */
const words: Record<string, { stop: readonly string[]; start: readonly string[] }> = {
  en: {
    stop: [
      'stop',
      'stop all',
      'stopall',
      'end',
      'quit',
      'cancel',
      'unsubscribe',
      'unsub',
      'opt out',
      'optout',
      'revoke',
    ],
    start: ['start', 'unstop', 'subscribe', 'resubscribe', 'opt in', 'optin'],
  },
  es: {
    stop: [
      'alto',
      'baja',
      'darse de baja',
      'darme de baja',
      'cancelar',
      'cancelar suscripción',
      'salir',
      'parar',
      'detener',
      'no más mensajes',
    ],
    start: [
      'alta',
      'darse de alta',
      'darme de alta',
      'suscribir',
      'suscribirse',
      'suscribirme',
      'empezar',
      'iniciar',
    ],
  },
  pt: {
    stop: ['parar', 'pare', 'sair', 'cancelar', 'cancelar inscrição', 'descadastrar', 'remover'],
    start: ['começar', 'iniciar', 'inscrever', 'assinar', 'voltar a receber'],
  },
  fr: {
    stop: [
      'arrêt',
      'arrêter',
      'arrêtez',
      'désabonner',
      'me désabonner',
      'désabonnement',
      'désinscrire',
      'désinscription',
    ],
    start: ['abonner', "m'abonner", 'reprendre', "s'abonner"],
  },
  de: {
    stop: ['stopp', 'abmelden', 'abbestellen', 'austragen', 'beenden'],
    start: ['anmelden', 'starten'],
  },
  it: {
    stop: ['ferma', 'basta', 'annulla', 'cancellami', 'disiscrivi', 'disiscrivimi'],
    start: ['inizia', 'iscrivi', 'iscrivimi'],
  },
  nl: { stop: ['stoppen', 'afmelden', 'uitschrijven'], start: ['aanmelden', 'inschrijven'] },
  pl: { stop: ['koniec', 'wypisz', 'wypisz mnie', 'rezygnuję'], start: ['zapisz mnie'] },
  tr: { stop: ['dur', 'durdur', 'iptal', 'ret', 'çık'], start: ['başla', 'başlat'] },
  ru: { stop: ['стоп', 'отписаться', 'отписка'], start: ['старт', 'подписаться'] },
  ar: {
    stop: ['توقف', 'إيقاف', 'قف', 'إلغاء', 'إلغاء الاشتراك'],
    start: ['ابدأ', 'اشترك', 'اشتراك'],
  },
  he: { stop: ['הסר', 'הסרה', 'עצור'], start: ['הצטרף', 'הצטרפות'] },
  hi: {
    stop: [
      'रोको',
      'रोकें',
      'रोकिए',
      'बंद',
      'बंद करो',
      'बंद करें',
      'बन्द करो',
      'बन्द करें',
      'स्टॉप',
      'roko',
      'band karo',
      'band karein',
    ],
    start: ['शुरू', 'शुरू करो', 'शुरू करें', 'चालू करें', 'स्टार्ट', 'shuru karo', 'chalu karo'],
  },
  bn: { stop: ['বন্ধ', 'বন্ধ করুন', 'থামুন'], start: ['শুরু', 'শুরু করুন'] },
  mr: { stop: ['थांबवा', 'बंद करा'], start: ['सुरू करा'] },
  gu: { stop: ['બંધ', 'બંધ કરો'], start: ['શરૂ કરો'] },
  ta: { stop: ['நிறுத்து', 'நிறுத்தவும்'], start: ['தொடங்கு', 'தொடங்கவும்'] },
  te: { stop: ['ఆపు', 'ఆపండి'], start: ['ప్రారంభించు', 'ప్రారంభించండి'] },
  ur: { stop: ['بند', 'بند کرو', 'بند کریں', 'روکیں'], start: ['شروع', 'شروع کریں'] },
  id: { stop: ['berhenti', 'berhenti langganan', 'batal', 'batalkan'], start: ['mulai', 'langganan'] },
  vi: { stop: ['dừng', 'ngừng', 'hủy'], start: ['bắt đầu', 'đăng ký'] },
  th: { stop: ['หยุด', 'ยกเลิก'], start: ['เริ่ม', 'สมัคร'] },
  zh: { stop: ['停止', '退订', '退訂', '取消订阅', '取消訂閱'], start: ['开始', '開始', '订阅', '訂閱'] },
  ja: { stop: ['停止', '配信停止', '解除'], start: ['再開', '登録'] },
  ko: { stop: ['중지', '수신거부', '해지'], start: ['시작', '구독'] },
};

export type OptOutIntent = 'stop' | 'start';

/** Accents of Latin, Greek, Cyrillic and Arabic letters, invisible characters, variants of emoji. Vowel signs of Indic scripts are letters to us. */
const marks = /[\u0300-\u036f]|\u0640|[\u064b-\u0655]|\p{Cf}|\p{Variation_Selector}|\p{Me}/gu;

/** The letters and digits of a text in one form: without case, accents, width, punctuation, emoji and invisible characters. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replaceAll('ı', 'i')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const intents = new Map<string, OptOutIntent>();
for (const { stop, start } of Object.values(words)) {
  for (const word of stop) intents.set(fold(word), 'stop');
  for (const word of start) intents.set(fold(word), 'start');
}

/** What a typed message asks for; undefined when it is not exactly one of the words. */
export function intentOf(message: string): OptOutIntent | undefined {
  // nobody types more than this round one word
  return message.length > 200 ? undefined : intents.get(fold(message));
}
