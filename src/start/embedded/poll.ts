import { setTimeout as delay } from 'node:timers/promises';

/** Asks every 20 ms until `condition` holds; false when it does not within `timeoutMs`. */
export async function pollUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > deadline) return false;
    await delay(20);
  }
}
