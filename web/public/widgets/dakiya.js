// <dakiya-campaign-stats campaign="ID" token="TOKEN">: the live figures of one campaign, in a page of any site.
// Optional: lang (en, hi), scheme (light, dark), server (where Dakiya is; otherwise where this script came from).
(() => {
  // null when it is loaded as a module: then `server` must be given.
  const home = new URL(document.currentScript?.src || location.href).origin;
  const query =
    'subscription ($id: ID!) { campaignStats(campaignId: $id) { campaignName status version totalRecipients queuedCount sentCount deliveredCount readCount failedCount skippedCount unconfirmedCount clickedCount repliedCount convertedCount deliveryRate clickRate conversionRate } }';

  /** Milliseconds: how often the server is asked for a sign of life, and after which silence the line counts as dead. */
  const pingEvery = 10_000;
  const deadAfter = 25_000;
  const longestPause = 30_000;

  /** English and Hindi; # is a percentage. */
  const texts = {
    group: ['Figures of the campaign', 'अभियान के आँकड़े'],
    audience: ['Audience', 'कुल लोग'],
    sent: ['Sent', 'भेजे गए'],
    delivered: ['Delivered', 'पहुँचे'],
    read: ['Read', 'पढ़े गए'],
    clicked: ['Clicked', 'क्लिक किया'],
    replied: ['Replied', 'जवाब दिया'],
    converted: ['Ordered', 'ऑर्डर किया'],
    queued: ['Queued', 'कतार में'],
    unconfirmed: ['Unconfirmed', 'अपुष्ट'],
    failed: ['Failed', 'विफल'],
    skipped: ['Skipped', 'छोड़े गए'],
    deliveryRate: ['# of those sent', 'भेजे गए में से #'],
    clickRate: ['# of those delivered', 'पहुँचे हुए में से #'],
    conversionRate: ['# of those delivered', 'पहुँचे हुए में से #'],
    DRAFT: ['Draft', 'ड्राफ़्ट'],
    SCHEDULED: ['Scheduled', 'तय समय पर'],
    ACTIVE: ['Sending', 'भेजा जा रहा है'],
    PAUSED: ['Paused', 'रुका हुआ'],
    COMPLETED: ['Completed', 'पूरा'],
    CANCELLED: ['Cancelled', 'रद्द'],
    FAILED: ['Failed', 'विफल'],
    connecting: ['Connecting …', 'जुड़ रहा है …'],
    reconnecting: [
      'Connection lost. These are the last figures; connecting again …',
      'कनेक्शन टूट गया। ये पिछले आँकड़े हैं; फिर से जुड़ रहा है …',
    ],
    expired: [
      'The token of this widget has expired. Ask whoever runs this page for a new one.',
      'इस विजेट के टोकन की समय-सीमा समाप्त हो गई है। इस पेज को चलाने वाले से नया टोकन माँगें।',
    ],
    refused: ['The token of this widget is not valid.', 'इस विजेट का टोकन मान्य नहीं है।'],
    unknown: [
      'These figures cannot be shown: the token is for another campaign, or the campaign no longer exists.',
      'ये आँकड़े नहीं दिखाए जा सकते: टोकन किसी और अभियान का है, या अभियान अब मौजूद नहीं है।',
    ],
    incomplete: ['This widget needs a campaign and a token.', 'इस विजेट को एक अभियान और एक टोकन चाहिए।'],
  };

  /** What is shown, in this order: the name of the figure, its field, and the rate beside it. */
  const figures = [
    ['audience', 'totalRecipients'],
    ['sent', 'sentCount'],
    ['delivered', 'deliveredCount', 'deliveryRate'],
    ['read', 'readCount'],
    ['clicked', 'clickedCount', 'clickRate'],
    ['replied', 'repliedCount'],
    ['converted', 'convertedCount', 'conversionRate'],
    ['queued', 'queuedCount'],
    ['unconfirmed', 'unconfirmedCount'],
    ['failed', 'failedCount'],
    ['skipped', 'skippedCount'],
  ];

  // Constructed, so that a page's Content-Security-Policy need not allow inline styles.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block; color-scheme: light dark; font: 15px/1.4 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
    :host([scheme='light']) { color-scheme: light; }
    :host([scheme='dark']) { color-scheme: dark; }
    :host([hidden]) { display: none; }
    section { box-sizing: border-box; padding: 16px; border: 1px solid light-dark(#e0e6e3, #2b3431); border-radius: 8px;
      background: light-dark(#fff, #191f1d); color: light-dark(#17201e, #e8eeec); }
    header { display: flex; flex-wrap: wrap; gap: 8px; align-items: baseline; justify-content: space-between; }
    strong { font-size: 19px; font-weight: 600; overflow-wrap: anywhere; }
    small, dt { font-size: 13px; color: light-dark(#56625e, #a3b0ac); }
    dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(112px, 1fr)); gap: 16px; margin: 16px 0 0; }
    dd { margin: 0; }
    dd span { display: block; font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
    p { margin: 0 0 8px; font-size: 13px; }
    p.problem { color: light-dark(#b42318, #ff9489); }
    [hidden] { display: none; }
  `);

  class CampaignStats extends HTMLElement {
    static observedAttributes = ['campaign', 'token', 'lang', 'server'];

    #figures;
    #state = 'connecting';
    #socket;
    #acknowledged = false;
    #attempts = 0;
    #heard = 0;
    #retry;
    #pulse;
    #changed = false;
    #online = () => this.#socket || this.#isFinal() || this.#connect();

    constructor() {
      super();
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
    }

    connectedCallback() {
      addEventListener('online', this.#online);
      this.#restart();
    }

    disconnectedCallback() {
      removeEventListener('online', this.#online);
      this.#drop();
    }

    attributeChangedCallback(name, before, after) {
      if (!this.isConnected || before === after) return;
      if (name === 'lang') this.#show();
      else if (!this.#changed) {
        // Campaign and token are usually set one after the other.
        this.#changed = true;
        queueMicrotask(() => {
          this.#changed = false;
          if (this.isConnected) this.#restart();
        });
      }
    }

    #restart() {
      this.#drop();
      this.#figures = undefined;
      this.#acknowledged = false;
      this.#attempts = 0;
      if (this.getAttribute('campaign') && this.getAttribute('token')) this.#connect();
      else this.#become('incomplete');
    }

    #connect() {
      clearTimeout(this.#retry);
      if (!this.#figures) this.#become('connecting');
      const url = new URL('/graphql?widget', this.getAttribute('server') || home);
      url.protocol = url.protocol.replace('http', 'ws');
      const socket = new WebSocket(url, 'graphql-transport-ws');
      this.#socket = socket;
      this.#heard = Date.now();
      this.#pulse = setInterval(() => {
        if (Date.now() - this.#heard > deadAfter) this.#lost();
        else if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}');
      }, pingEvery);
      const send = (message) => socket.send(JSON.stringify(message));
      socket.onopen = () =>
        send({
          type: 'connection_init',
          payload: { authorization: `Bearer ${this.getAttribute('token')}` },
        });
      socket.onmessage = ({ data }) => {
        if (socket === this.#socket) this.#hear(JSON.parse(data), send);
      };
      socket.onclose = ({ code }) => {
        if (socket !== this.#socket) return;
        if (code === 4403) this.#end(this.#acknowledged || this.#isPast() ? 'expired' : 'refused');
        else this.#lost();
      };
    }

    #hear({ type, payload }, send) {
      this.#heard = Date.now();
      if (type === 'connection_ack') {
        this.#acknowledged = true;
        send({
          type: 'subscribe',
          id: '1',
          payload: { query, variables: { id: this.getAttribute('campaign') } },
        });
      } else if (type === 'ping') send({ type: 'pong' });
      else if (type === 'complete') this.#lost();
      else if (type === 'next' || type === 'error') {
        const stats = payload.data?.campaignStats;
        const [error] = payload.errors ?? (Array.isArray(payload) ? payload : []);
        if (!stats) {
          if (['NOT_FOUND', 'FORBIDDEN'].includes(error?.extensions?.code)) this.#end('unknown');
          else this.#lost();
          return;
        }
        this.#attempts = 0;
        // After a new connection, a server that lags behind must not turn the figures back.
        if (!this.#figures || stats.version >= this.#figures.version) this.#figures = stats;
        this.#become('live');
      }
    }

    /** Connects again later: after 1, 2, 4 … 30 seconds, less up to half of it, so that not all visitors come at once. */
    #lost() {
      this.#drop();
      const pause = Math.min(longestPause, 1000 * 2 ** this.#attempts++) * (1 - Math.random() / 2);
      this.#retry = setTimeout(() => this.#connect(), pause);
      if (this.#figures) this.#become('reconnecting');
    }

    /** Connecting again would end the same. */
    #end(state) {
      this.#drop();
      this.#become(state);
    }

    #drop() {
      clearTimeout(this.#retry);
      clearInterval(this.#pulse);
      const socket = this.#socket;
      this.#socket = undefined;
      socket?.close();
    }

    #isFinal() {
      return ['expired', 'refused', 'unknown', 'incomplete'].includes(this.#state);
    }

    /** As far as the visitor's clock can tell. */
    #isPast() {
      try {
        const [, claims] = this.getAttribute('token').split('.');
        return JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/'))).exp * 1000 <= Date.now();
      } catch {
        return false;
      }
    }

    #become(state) {
      this.#state = state;
      this.dataset.state = state;
      this.#show();
    }

    #show() {
      const named = this.closest('[lang]')?.lang || navigator.language;
      const language = /^hi\b/i.test(named) ? 'hi' : 'en';
      const words = (name) => texts[name]?.[language === 'hi' ? 1 : 0] ?? '';
      const locale = language === 'hi' ? 'hi-IN' : 'en';
      if (!this.shadowRoot.firstChild) this.shadowRoot.append(this.#build());
      const find = (selector) => this.shadowRoot.querySelector(selector);
      find('section').lang = language;
      find('section').setAttribute('aria-label', words('group'));

      const stats = this.#figures;
      const [header, list, notice] = [find('header'), find('dl'), find('p')];
      header.hidden = list.hidden = !stats;
      notice.hidden = this.#state === 'live';
      notice.className = this.#isFinal() ? 'problem' : '';
      write(notice, words(this.#state));
      if (!stats) return;
      write(find('strong'), stats.campaignName);
      write(find('header small'), words(stats.status));
      const count = new Intl.NumberFormat(locale);
      const percent = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
      for (const [name, field, rate] of figures) {
        const figure = find(`[data-figure=${name}]`);
        write(figure, count.format(stats[field]));
        write(figure.parentElement.previousElementSibling, words(name));
        const small = figure.nextElementSibling;
        const share = stats[rate];
        if (small)
          write(small, share == null ? '' : words(rate).replace('#', `${percent.format(share)}\u00a0%`));
      }
    }

    #build() {
      const element = (name, ...children) => {
        const made = document.createElement(name);
        made.append(...children);
        return made;
      };
      const list = element('dl');
      for (const [name, , rate] of figures) {
        const figure = element('span');
        figure.dataset.figure = name;
        const value = element('dd', figure, ...(rate ? [element('small')] : []));
        list.append(element('div', element('dt'), value));
      }
      const notice = element('p');
      notice.setAttribute('role', 'status');
      const header = element('header', element('strong'), element('small'));
      return element('section', notice, header, list);
    }
  }

  /** Only what differs, so that a screen reader is not told what it knows. */
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  if (!customElements.get('dakiya-campaign-stats'))
    customElements.define('dakiya-campaign-stats', CampaignStats);
})();
