/** The User-Agent of a phone's browser: its visits count as a person's. */
export const browser =
  'Mozilla/5.0 (Linux; Android 14; SM-A546E) AppleWebKit/537.36 Chrome/128.0.0.0 Mobile Safari/537.36';

/** Opens a tracked link. @returns the id of the click, as the shop gets it; undefined for a program */
export async function openLink(link: string, userAgent = browser): Promise<string | undefined> {
  const answer = await fetch(link, { redirect: 'manual', headers: { 'user-agent': userAgent } });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '').searchParams.get('dakiya_click') ?? undefined;
}
