import { RecipientStatus } from '../../src/campaigns/recipient-status';
import type { GraphqlResult } from '../support/app';
import { acceptedCount, act, recipients, stats } from '../support/campaigns';
import { waitFor } from '../support/wait';
import { FaultRig } from './rig';
import { testControl, testFault, together } from './harness';
import type { Chance } from '../support/chance';
import type { Outcome } from './harness';
import { Workers } from './workers';

let rig: FaultRig;
let workers: Workers;

beforeAll(async () => {
  rig = await FaultRig.start({ messagesPerSecond: 300, env: { DELIVERY_UNCONFIRMED_AFTER_SECONDS: '2' } });
  workers = await Workers.start(rig.app, 2);
});
afterAll(async () => {
  await workers?.killAll();
  await rig?.close();
});

const actions = ['sendCampaign', 'pauseCampaign', 'resumeCampaign', 'cancelCampaign'] as const;

function send(id: string): Promise<GraphqlResult<{ sendCampaign: { status: string } }>> {
  return rig.app.graphql(`mutation ($id: ID!) { sendCampaign(campaignId: $id) { status message } }`, {
    id,
  });
}

/** Many different mutations at once; then a cancellation, after whose answer no mutation may change anything. */
async function round(chance: Chance, people_: number, atOnce: number): Promise<Outcome> {
  const id = await rig.draft(people_);
  const problems: string[] = [];
  const one = async (action: (typeof actions)[number]) => {
    const { data, errors } = action === 'sendCampaign' ? await send(id) : await act(rig.app, action, id);
    const code = errors?.[0]?.extensions.code;
    if (!data && code !== 'CONFLICT') problems.push(`${action} was answered with ${code}`);
  };
  // cancelling is rare, otherwise every round would end at once
  const chosen = Array.from({ length: atOnce }, () =>
    chance.next() < 0.004 ? 'cancelCampaign' : chance.pick(actions.slice(0, 3)),
  );
  await Promise.all(['sendCampaign' as const, ...chosen].map(one));
  await act(rig.app, 'resumeCampaign', id);
  const someAt = chance.whole(0, people_ / 2);
  await waitFor(
    async () => {
      const { status } = await stats(rig.app, id);
      return status !== 'ACTIVE' || (await acceptedCount(rig.app, id)) >= someAt;
    },
    { what: 'some are accepted', timeoutMs: 30_000 },
  );
  await act(rig.app, 'cancelCampaign', id);
  problems.push(...(await sentAfterCancel(id)));
  for (const action of ['resumeCampaign', 'pauseCampaign'] as const) {
    const { errors } = await act(rig.app, action, id);
    if (errors?.[0]?.extensions.code !== 'CONFLICT')
      problems.push(`${action} after the cancellation was not refused`);
  }
  await send(id);
  const counts = await rig.ended(id, { timeoutMs: 30_000 });
  return { ...counts, problems: [...problems, ...counts.problems], tries: 1 };
}

/**
 * After the answer to a cancellation nobody may be sent to except recipients who were being sent to at that moment, or
 * who were claimed by a statement that had begun before. @returns problems
 */
async function sentAfterCancel(id: string): Promise<string[]> {
  const { status } = await stats(rig.app, id);
  if (status !== 'CANCELLED' && status !== 'COMPLETED')
    return [`after the cancellation the campaign is ${status}`];
  const acknowledged = await databaseTime();
  const beingSent = (await recipients(rig.app, id)).filter((row) => row.status === 'SENDING').length;
  const before = await acceptedCount(rig.app, id);
  await rig.sent(id, 30_000);
  const after = await acceptedCount(rig.app, id);
  const claimed = (await rig.audited(id)).filter(
    (one) => one.to_status === RecipientStatus.SENDING && one.at > acknowledged,
  );
  const late = claimed.filter((one) => one.began > acknowledged).length;
  const problems: string[] = [];
  if (late > 0) problems.push(`${late} were claimed by statements that began after the cancellation`);
  if (after - before > beingSent + claimed.length)
    problems.push(
      `${after - before} were sent after the cancellation, ${beingSent + claimed.length} were being sent at that moment`,
    );
  return problems;
}

async function databaseTime(): Promise<number> {
  const [row] = await rig.app.database.query<{ at: number }[]>(
    `SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS at`,
  );
  return row?.at ?? 0;
}

testFault({
  id: 'F18',
  what: '50 concurrent starts, pauses, resumes and cancellations of one campaign, then a cancellation',
  short: { rounds: 4, recipients: 250, atOnce: 50 },
  long: { rounds: 40, recipients: 400, atOnce: 50 },
  withinSeconds: 400,
  run: async ({ rounds, recipients: people_, atOnce }, chance) => {
    const outcomes: Outcome[] = [];
    for (let i = 0; i < rounds; i++) outcomes.push(await round(chance, people_, atOnce));
    const { accepted, recipients: all } = together(outcomes);
    return {
      ...together(outcomes),
      note: `${rounds * atOnce} requests; ${accepted} of ${all} were sent before the cancellation`,
    };
  },
});

testControl(
  'F18',
  'a campaign that becomes active again after its cancellation sends more messages',
  async () => {
    // if the sweep has already skipped everybody, nothing more can be sent, and another campaign is tried
    for (let tries = 0; tries < 4; tries++) {
      const id = await rig.campaign(600);
      await rig.accepted(id, 20);
      await act(rig.app, 'cancelCampaign', id);
      // as if a resume that was requested before the cancellation were carried out after it
      await rig.app.database.query(`UPDATE campaigns SET status = 'ACTIVE' WHERE id = $1`, [id]);
      const again = waitFor(
        async () => {
          const { skippedCount } = await stats(rig.app, id);
          return skippedCount > 0 || (await acceptedCount(rig.app, id)) >= 300;
        },
        { what: 'more are sent', timeoutMs: 20_000 },
      );
      const problems = await sentAfterCancel(id);
      await again;
      if ((await stats(rig.app, id)).skippedCount > 0) continue;
      expect(problems.join()).toMatch(/after the cancellation/);
      return;
    }
    throw new Error('The sweep skipped everybody each time before more could be sent');
  },
);
