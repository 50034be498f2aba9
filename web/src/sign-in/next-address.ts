/** Where to go after sign-in: the address that was asked for, if it is one of this page. */
export function nextAddress(search: string): string {
  const next = new URLSearchParams(search).get('next');
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}
