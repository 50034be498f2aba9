import type { Utm } from '../campaigns/utm';
import { utmParameters } from '../campaigns/utm';

/** The query parameter in which a shop gets the id of the click. */
const parameter = 'dakiya_click';

/**
 * Where a tracked link leads: the campaign's `linkUrl` as it was given, with `dakiya_click=<id>` at the end of its
 * query, before the fragment. Nothing is decoded, encoded or reordered, so that a signature over the query stays valid.
 * A `dakiya_click` that the address has already (it was copied from a browser after an earlier click) gets the new id
 * in its place, since shops differ in whether they read the first or the last of two. Before it come the campaign's
 * `utm_` parameters, except those that the address has already.
 *
 * @param clickId undefined for a program, which gets the address alone
 * @returns an address that an HTTP header can carry: characters outside ASCII are percent-encoded, a host is punycode
 */
export function targetOf(linkUrl: string, clickId?: string, utm: Utm | null = null): string {
  if (clickId === undefined) return toHeaderValue(linkUrl);
  const [address = '', ...fragment] = linkUrl.split('#');
  const [path = '', ...query] = address.split('?');
  const given = query.join('?');
  const marked = utmParameters(utm)
    .filter(([name]) => !hasParameter(given, name))
    .reduce((whole, [, pair]) => append(whole, pair), given);
  const ours = `${parameter}=${clickId}`;
  return toHeaderValue([`${path}?${withParameter(marked, ours)}`, ...fragment].join('#'));
}

function hasParameter(query: string, name: string): boolean {
  return query.split('&').some((part) => part === name || part.startsWith(`${name}=`));
}

function append(query: string, pair: string): string {
  return query === '' || query.endsWith('&') ? query + pair : `${query}&${pair}`;
}

function withParameter(query: string, ours: string): string {
  const parts = query.split('&');
  const isOurs = (part: string) => part.startsWith(`${parameter}=`);
  if (parts.some(isOurs)) return parts.map((part) => (isOurs(part) ? ours : part)).join('&');
  return append(query, ours);
}

function toHeaderValue(url: string): string {
  if (/^[\x21-\x7e]*$/.test(url)) return url;
  const [, scheme = '', authority = '', rest = ''] = /^(https?:\/\/)([^/?#]*)(.*)$/is.exec(url) ?? [];
  const host = /[^\x21-\x7e]/.test(authority) ? new URL(url).host : authority;
  return (
    scheme + host + rest.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[^\x21-\x7e]+/g, encodeURIComponent)
  );
}
