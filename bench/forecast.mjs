// The forecast of 20 campaigns against what WhatsApp's side then saw: when the last message arrived, and what the messages
// cost. The campaigns are made, asked and sent through the API of a running product; the ledger of the simulator answers.
import { child, product, startRig, workerFlags } from './rig.mjs';
import { atMost, table, tableOfBounds } from './report.mjs';

const { signToken } = product('../dist/accounts/token.js');
const { loadConfig } = product('../dist/config.js');

const campaigns = 20;
const seed = Number(process.env.BENCH_SEED ?? 1);
const apiPort = 18_470;

/** The national numbers of nine countries, as the beginning and how many digits follow. */
const countries = [
  ['+9198765', 5], // India
  ['+1212555', 4], // United States
  ['+1416555', 4], // Canada
  ['+551198765', 4], // Brazil
  ['+628123456', 4], // Indonesia
  ['+4915123', 6], // Germany
  ['+447400', 6], // United Kingdom
  ['+33612', 6], // France
  ['+7701123', 4], // Kazakhstan
];
const utility = { whatsappTemplateName: 'hello_world', whatsappTemplateLanguage: 'en_US' };
const marketing = {
  whatsappTemplateName: 'weekend_sale',
  whatsappTemplateLanguage: 'en',
  templateParameters: ['{{name}}'],
  linkUrl: 'https://shop.example.com/',
};

export async function forecast() {
  console.log(`forecast: ${campaigns} campaigns of 30 to 60 s, seed ${seed}\n`);
  const rig = await startRig();
  try {
    rig.env.PORT = String(apiPort);
    for (const role of ['api', 'worker']) {
      const { stop } = await child(import.meta.resolve('../dist/main.js'), [role], rig.env, workerFlags);
      rig.atEnd(stop);
    }
    await rig.steer('PUT', 'behaviour', {
      messagesPerSecond: 0,
      failures: {},
      deliveredShare: 1,
      clickShare: 0,
    });
    const ask = await client(rig);
    const prepared = await prepare(ask);
    await Promise.all(
      prepared.map(({ id }) =>
        ask('mutation ($id: ID!) { sendCampaign(campaignId: $id) { status } }', { id }),
      ),
    );
    return report(await Promise.all(prepared.map((campaign) => outcome(ask, rig, campaign))));
  } finally {
    await rig.stop();
  }
}

/** Asks the product, as an operator. @throws when there are errors */
async function client({ env }) {
  const claims = { subject: 'bench', role: 'OPERATOR', businessIds: [], ttlSeconds: 3600 };
  const token = await signToken(loadConfig(env, 'api').jwt, claims);
  return async (query, variables) => {
    const response = await fetch(`http://127.0.0.1:${apiPort}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = await response.json();
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
}

/** Drafts, each from a number of its own, and their forecasts. */
async function prepare(ask) {
  const pick = random(seed);
  const { createBusiness } = await ask(
    'mutation ($input: CreateBusinessInput!) { createBusiness(input: $input) { id } }',
    {
      input: { name: 'Bench', timezone: 'UTC', defaultCountry: 'IN' },
    },
  );
  const businessId = createBusiness.id;
  const prepared = [];
  for (let i = 0; i < campaigns; i++) {
    const messagesPerSecond = 8 + pick(9);
    const sender = {
      businessId,
      phoneNumberId: String(1_000_000 + i),
      wabaId: '55501',
      displayPhoneNumber: `+91 22 4000 ${1000 + i}`,
      accessToken: 'EAABench',
      messagesPerSecond,
    };
    const { createSender } = await ask(
      'mutation ($input: CreateSenderInput!) { createSender(input: $input) { id } }',
      {
        input: sender,
      },
    );
    const chosen = countries.filter(() => pick(2) === 0);
    if (chosen.length === 0) chosen.push(countries[0]);
    const customRecipients = Array.from({ length: messagesPerSecond * (30 + pick(30)) }, (_, n) => {
      const [begin, digits] = chosen[pick(chosen.length)];
      return { name: `Person ${n}`, phone: `${begin}${String(n).padStart(digits, '0')}` };
    });
    const input = {
      businessId,
      campaignName: `Bench ${i}`,
      campaignType: 'PROMOTIONAL',
      audienceType: 'CUSTOM',
      customRecipients,
      senderId: createSender.id,
      ...(pick(2) === 0 ? marketing : utility),
    };
    const { createCampaign } = await ask(
      `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { id
         forecast { recipients durationSeconds cost { amount } } } }`,
      { input },
    );
    prepared.push({ ...createCampaign, messagesPerSecond });
  }
  return prepared;
}

/** Waits for the end of a campaign, and compares. */
async function outcome(ask, rig, { id, forecast: told, messagesPerSecond }) {
  let campaign;
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    ({ campaign } = await ask('query ($id: ID!) { campaign(id: $id) { status startedAt } }', { id }));
  } while (campaign.status !== 'COMPLETED');
  const messages = await priced(rig, id);
  const seconds =
    (Math.max(...messages.map((one) => one.acceptedAtMs)) - Date.parse(campaign.startedAt)) / 1000;
  const first =
    (Math.min(...messages.map((one) => one.acceptedAtMs)) - Date.parse(campaign.startedAt)) / 1000;
  const cost = messages.reduce((sum, { price }) => sum + price, 0);
  return {
    messagesPerSecond,
    recipients: messages.length === told.recipients ? told.recipients : NaN,
    toldSeconds: told.durationSeconds,
    seconds,
    first,
    time: seconds / told.durationSeconds,
    toldCost: Number(told.cost.amount),
    cost: cost / Number(told.cost.amount),
  };
}

/** The messages of a campaign, as soon as all of them were delivered: only then they have a price. */
async function priced(rig, campaignId) {
  for (;;) {
    const messages = [];
    for (let after = 0; after !== null;) {
      const query = `messages?limit=10000&after=${after}&fields=acceptedAtMs,price,callbackData`;
      const page = await rig.steer('GET', query);
      messages.push(...page.messages.filter(({ callbackData }) => callbackData.startsWith(campaignId)));
      after = page.next;
    }
    if (messages.every(({ price }) => price !== null)) return messages;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function report(outcomes) {
  table([
    ['', 'messages/s', 'people', 'forecast s', 'first after s', 'time', 'cost'],
    ...outcomes.map((one, i) => [
      `campaign ${i + 1}`,
      one.messagesPerSecond,
      one.recipients,
      one.toldSeconds.toFixed(1),
      one.first.toFixed(2),
      one.time.toFixed(3),
      one.cost.toFixed(4),
    ]),
  ]);
  const farthest = (of) => Math.max(...outcomes.map((one) => Math.abs(one[of] - 1) * 100));
  const bounds = [
    atMost('time, percent off', farthest('time'), 5),
    atMost('cost, percent off', farthest('cost'), 2),
  ];
  tableOfBounds(bounds);
  return { seed, outcomes, bounds };
}

/** The same numbers in every run of a seed. */
function random(from) {
  let state = from;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
