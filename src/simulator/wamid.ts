import { randomBytes } from 'node:crypto';

/**
 * Message ids in the layout of real ones. They are unique across restarts and resets, because the
 * product stores them in a unique column: eight random digits per start, and a counter that a reset
 * does not change.
 */
type WamidDirection = 'outbound' | 'inbound';

export function createWamids(): (phoneDigits: string, direction: WamidDirection) => string {
  const run = randomBytes(4).toString('hex').toUpperCase();
  let counter = 0;
  return (phoneDigits, direction) => {
    const unique = run + (++counter).toString(16).toUpperCase().padStart(10, '0');
    const bytes = String.fromCharCode(
      0x1c,
      0x18,
      phoneDigits.length,
      ...[...phoneDigits].map((digit) => digit.charCodeAt(0)),
      0x15,
      0x02,
      0x00,
      direction === 'outbound' ? 0x11 : 0x12,
      0x18,
      unique.length,
    );
    return 'wamid.' + Buffer.from(bytes + unique + '\0', 'latin1').toString('base64');
  };
}
