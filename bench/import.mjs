// Importing a file of customers over HTTP, until it is completed, compared with the minimum: COPY of the same file into a
// table of texts and one INSERT … SELECT into a table with the columns and indexes of customers.
import { once } from 'node:events';
import { createReadStream, createWriteStream, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { child, product, startRig, workerFlags } from './rig.mjs';
import { atMost, median, round, table, tableOfBounds } from './report.mjs';

const { AccountsService } = product('../dist/accounts/accounts.service.js');
const { signToken } = product('../dist/accounts/token.js');
const { loadConfig } = product('../dist/config.js');
const { rows } = product('../dist/infra/database.js');
const { from: copyFrom } = product('pg-copy-streams');

const count = Number(process.env.BENCH_RECIPIENTS ?? 1_000_000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const headers = [
  ...['name', 'phone', 'email', 'tags', 'engagementScore', 'totalSpent', 'totalOrders', 'lastOrderAt'],
  ...['externalId', 'Plan'],
];

/** A file of ten columns; one row in `badEvery` has a number that is none. */
async function writeFile(file, badEvery) {
  const out = createWriteStream(file);
  out.write(`${headers.join(',')}\n`);
  for (let i = 0; i < count; i++) {
    const phone = `+9198${String(i).padStart(8, '0')}`;
    const orders = badEvery && i % badEvery === 0 ? 'many' : i % 12;
    const day = String(1 + (i % 28)).padStart(2, '0');
    const line = `Asha Rao ${i},${phone},asha.rao.${i}@example.com,vip;pune,${i % 11},${i % 20_000}.50,${orders},2024-11-${day}T10:00:00Z,C-${i},gold\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

export async function importing() {
  console.log(`import: ${round(count)} rows of ${headers.length} columns, ${rounds} rounds, by turns\n`);
  const rig = await startRig();
  const files = [undefined, 100].map((badEvery, i) => ({
    badEvery,
    file: path.join(os.tmpdir(), `dakiya-bench-import-${process.pid}-${i}.csv`),
  }));
  files.forEach(({ file }) => rig.atEnd(() => rmSync(file, { force: true })));
  try {
    for (const { file, badEvery } of files) await writeFile(file, badEvery);
    const config = loadConfig(rig.env, 'api');
    const accounts = new AccountsService(rig.database, config.encryptionKey);
    const input = { name: 'Bench', timezone: 'UTC', defaultCountry: 'IN' };
    const { id: businessId } = await accounts.createBusiness(input);
    const roles = [];
    for (const role of ['api', 'worker']) {
      const env = { ...rig.env, PORT: '0' };
      const running = await child(
        import.meta.resolve('../dist/main.js'),
        [role],
        env,
        role === 'worker' ? workerFlags : [],
      );
      rig.atEnd(() => running.stop());
      roles.push(running);
    }
    const token = await signToken(config.jwt, {
      subject: 'bench',
      role: 'ADMIN',
      businessIds: [businessId],
      ttlSeconds: 86_400,
    });
    const target = { url: `http://127.0.0.1:${roles[0].ready.port}`, token, businessId };
    const bare = [];
    const clean = [];
    const withErrors = [];
    for (let i = 0; i < rounds; i++) {
      bare.push(await bareSeconds(rig.database, businessId, files[0].file));
      clean.push(await productSeconds(rig.database, target, files[0]));
      withErrors.push(await productSeconds(rig.database, target, files[1]));
    }
    const [api, worker] = roles.map(({ pid }) => peakMegabytes(pid));
    const bounds = [
      atMost('clean file / bare, medians', median(clean) / median(bare), 2),
      atMost('1 % bad rows / bare, medians', median(withErrors) / median(bare), 4),
      atMost('memory of the api, MB', api, 250),
      atMost('memory of the worker, MB', worker, 250),
    ];
    const line = (name, seconds) => [
      name,
      ...seconds.map((one) => one.toFixed(1)),
      median(seconds).toFixed(1),
    ];
    table([
      ['seconds', ...bare.map((_, i) => `round ${i + 1}`), 'median'],
      line('bare COPY and INSERT … SELECT', bare),
      line('import of a clean file', clean),
      line('import with 1 % bad rows', withErrors),
    ]);
    console.log(
      `  ${round(statSync(files[0].file).size / 1e6)} MB, ${round(count / median(clean))} rows a second\n`,
    );
    tableOfBounds(bounds);
    return { count, bare, clean, withErrors, memory: { api, worker }, bounds };
  } finally {
    await rig.stop();
  }
}

async function bareSeconds(database, businessId, file) {
  await rows(database, `CREATE TABLE bare_file (${headers.map((name) => `"${name}" text`).join(', ')})`);
  await rows(database, 'CREATE TABLE bare_customers (LIKE customers INCLUDING ALL)');
  const seconds = await timed(database, async () => {
    const runner = database.createQueryRunner();
    const connection = await runner.connect();
    const stream = connection.query(copyFrom('COPY bare_file FROM STDIN (FORMAT csv, HEADER)'));
    createReadStream(file, { highWaterMark: 1 << 18 }).pipe(stream);
    await once(stream, 'finish');
    await rows(
      database,
      `INSERT INTO bare_customers (business_id, name, phone, phone_e164, identity, email, tags, engagement_score, total_spent,
         total_orders, last_order_at, external_id)
       SELECT $1, name, phone, phone, phone, email, string_to_array(tags, ';'), "engagementScore"::int, "totalSpent"::numeric,
         "totalOrders"::int, "lastOrderAt"::timestamptz, "externalId" FROM bare_file`,
      [businessId],
    );
    await runner.release();
  });
  await expectRows(database, 'bare_customers', count);
  await rows(database, 'DROP TABLE bare_file, bare_customers');
  return seconds;
}

async function productSeconds(database, { url, token, businessId }, { file, badEvery }) {
  await rows(database, 'TRUNCATE customers');
  await rows(database, 'VACUUM import_chunks');
  const bad = badEvery ? Math.ceil(count / badEvery) : 0;
  const seconds = await timed(database, async () => {
    const posted = await fetch(`${url}/imports?businessId=${businessId}&kind=customers`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
      body: createReadStream(file, { highWaterMark: 1 << 18 }),
      duplex: 'half',
    });
    if (posted.status !== 202) throw new Error(await posted.text());
    const { importId } = await posted.json();
    for (;;) {
      const [now] = await rows(database, 'SELECT status, failed_rows FROM imports WHERE id = $1', [importId]);
      if (now.status === 'COMPLETED' && now.failed_rows === bad) return;
      if (now.status !== 'RUNNING') throw new Error(JSON.stringify(now));
      await delay(50);
    }
  });
  await expectRows(database, 'customers', count - bad);
  return seconds;
}

/** A checkpoint before each run, so that it does not write pages of the one before. */
async function timed(database, work) {
  await rows(database, 'CHECKPOINT');
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

async function expectRows(database, name, expected) {
  const [{ count: found }] = await rows(database, `SELECT count(*)::int AS count FROM ${name}`);
  if (found !== expected) throw new Error(`${found} rows in ${name}, expected ${expected}`);
}

/** The most memory that a process has used, where there is /proc. */
function peakMegabytes(pid) {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1000;
  } catch {
    return Number.NaN;
  }
}
