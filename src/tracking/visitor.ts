import { isbot } from 'isbot';

/** What a request for a tracked link says about who sent it. */
export interface Visitor {
  method: string;
  userAgent: string | undefined;
  /** `Sec-Purpose`, `Purpose`, `X-Purpose` or `X-Moz`: set when a browser fetches a page before anybody asked for it. */
  purpose: string | undefined;
}

/**
 * Programs that isbot 5.2 takes for people: the HTTP stacks of Android, iOS and Flutter apps that fetch a link without a
 * browser, Microsoft Office checking links in documents, scripts, and tools for testing an API.
 */
const otherPrograms =
  /^(?:Dalvik|stagefright|AppleCoreMedia|Dart|Paw|OpenAPI-Generator)\/|\b(?:CFNetwork|Alamofire)\/|\(dart:io\)|^Microsoft Office\/|\bms-office\b|PowerShell\/|\bPuppeteer\b/i;

/** In a browser's user agent on Android the manufacturer's name of the device, which may contain "bot" or "spider". */
const androidDevice = /(\(Linux;(?: U;)? Android [\d.]+;)[^)]*/;

/** Whether a person opened the link: no preview, crawler, script or prefetch. */
export function isPerson({ method, userAgent, purpose }: Visitor): boolean {
  if (method !== 'GET' || !userAgent || /prefetch|preview|prerender/i.test(purpose ?? '')) return false;
  return !otherPrograms.test(userAgent) && !isbot(userAgent.replace(androidDevice, '$1'));
}
