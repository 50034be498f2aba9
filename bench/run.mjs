// npm run bench [name] [--json FILE]: each benchmark prints a table, and its figures go to FILE. Whether its
// bounds hold is printed, not asserted: machines differ, and a busy one changes every figure.
// BENCH_RECIPIENTS, BENCH_STATUSES (webhooks), BENCH_ROUNDS (import, webhooks), BENCH_SECONDS (live, pacing), BENCH_WATCHERS (live),
// BENCH_RATE (clicks), BENCH_SEED (forecast) and BENCH_BASELINE_CONCURRENCY (dispatch) change the sizes.
import { writeFileSync } from 'node:fs';
import { audience } from './audience.mjs';
import { campaignPage } from './campaign-page.mjs';
import { clicksBench } from './clicks.mjs';
import { dispatch } from './dispatch/index.mjs';
import { forecast } from './forecast.mjs';
import { importing } from './import.mjs';
import { live } from './live/index.mjs';
import { materialise } from './materialise.mjs';
import { pacing } from './pacing.mjs';
import { page } from './page.mjs';
import { recipientsBench } from './recipients.mjs';
import { scale } from './scale.mjs';
import { webhooks } from './webhooks/index.mjs';

const benchmarks = {
  audience,
  'campaign-page': campaignPage,
  clicks: clicksBench,
  dispatch,
  forecast,
  import: importing,
  live,
  materialise,
  pacing,
  page,
  recipients: recipientsBench,
  scale,
  webhooks,
};
/** Run without a name; benchmarks that take many minutes, or need a browser, run by name only. */
const usual = ['audience', 'dispatch', 'materialise', 'pacing'];

const args = process.argv.slice(2);
const at = args.indexOf('--json');
const file = at === -1 ? undefined : args.splice(at, 2)[1];
const names = args.length > 0 ? args : usual;
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0 || (at !== -1 && !file)) {
  console.error(
    `usage: npm run bench [${Object.keys(benchmarks).join('|')}] [-- --json FILE]${unknown.length > 0 ? `; unknown: ${unknown.join(', ')}` : ''}`,
  );
  process.exit(2);
}

const results = {};
for (const name of names) results[name] = await benchmarks[name]();
if (file) writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
process.exit(0);
