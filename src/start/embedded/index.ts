/** PostgreSQL and Redis for a machine that has neither: private to one checkout, ended with this process. */
export { holdCheckout } from './lock';
export { runningPostgres, startPostgres } from './postgres';
export { startRedis } from './redis';
export type { EmbeddedServer } from './server';
