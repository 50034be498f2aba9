// Test files whose bounds of time hold only when no other test takes the processor from them begin with @alone. They run
// first, while Jest's processes are young and have little to clean up, one at a time, while its other workers wait.
const { readFileSync } = require('node:fs');
const { default: TestSequencer } = require('@jest/test-sequencer');
const { Client } = require('pg');

/** An advisory lock of the tests' PostgreSQL: shared by all files, exclusive for those alone. */
const lock = 2;

/** Waits for the turn of a test file. @returns what ends the turn; so does the end of the process */
async function takeTurn(isAlone) {
  const client = new Client({ connectionString: process.env.TEST_POSTGRES_URL });
  // the server may end before the file does, when Jest is stopped
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`SELECT pg_advisory_lock${isAlone ? '' : '_shared'}(${lock})`);
  return () => client.end();
}

/** Jest's order, with the files that run alone before all others. */
class Sequencer extends TestSequencer {
  sort(tests) {
    const isAlone = ({ path }) => /^\/\*\*[^/]*@alone/.test(readFileSync(path, 'utf8'));
    const sorted = [...super.sort(tests)].map((test) => ({ test, alone: isAlone(test) }));
    return [true, false].flatMap((alone) =>
      sorted.filter((one) => one.alone === alone).map(({ test }) => test),
    );
  }
}

module.exports = Sequencer;
module.exports.takeTurn = takeTurn;
