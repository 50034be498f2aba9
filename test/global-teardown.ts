import { rmSync } from 'node:fs';
import type { TestServers } from './global-setup';

export default async function globalTeardown(): Promise<void> {
  const { testServers } = globalThis as { testServers?: TestServers };
  if (!testServers) return;
  await Promise.all(testServers.servers.map((server) => server.stop()));
  rmSync(testServers.directory, { recursive: true, force: true });
}
