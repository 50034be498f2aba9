/**
 * What each of Meta's error codes means for a campaign. Data, from Meta's error reference; `text` is what a
 * marketing person reads. Decide on the code, never on the HTTP status or the title: those change.
 */

/**
 * - `retry`: passing trouble at WhatsApp; tried again with backoff, uses up an attempt
 * - `throttle`: the number is sending too fast; slows the number, uses up no attempt
 * - `pair`: too many messages to this one person; only this person waits
 * - `recipient`: this person will not get this message; not tried again
 * - `later`: this person not now; `retryFailed` may try after 24 hours
 * - `campaign`: every message of this campaign would fail alike; the campaign pauses
 * - `sender`: every message from this number would fail alike; the campaign pauses
 */
export type ErrorClass = 'retry' | 'throttle' | 'pair' | 'recipient' | 'later' | 'campaign' | 'sender';

export interface ErrorPolicy {
  class: ErrorClass;
  text: string;
  /** For `throttle`: how long nothing leaves; a second unless given. */
  restMs?: number;
}

const policies: Readonly<Record<number, ErrorPolicy>> = {
  0: { class: 'sender', text: 'WhatsApp could not check the access token' },
  1: { class: 'retry', text: 'WhatsApp reported an unknown error' },
  2: { class: 'retry', text: 'WhatsApp is down or overloaded' },
  3: { class: 'sender', text: 'The app lacks a permission for sending' },
  4: { class: 'throttle', text: 'The app made too many calls' },
  10: { class: 'sender', text: 'The permission to send was not granted or was removed' },
  33: { class: 'sender', text: 'The WhatsApp number was deleted' },
  100: { class: 'campaign', text: 'WhatsApp did not accept a parameter of the message' },
  104: { class: 'sender', text: 'No access token was given' },
  190: { class: 'sender', text: 'The access token has expired or is not valid' },
  368: { class: 'sender', text: 'The account is restricted for breaking a policy' },
  80007: { class: 'throttle', text: 'The WhatsApp account made too many calls' },
  80008: { class: 'throttle', text: 'The WhatsApp account made too many calls' },
  130403: { class: 'recipient', text: 'The person is blocked by this business' },
  130429: { class: 'throttle', text: 'The number reached its sending speed' },
  130472: { class: 'recipient', text: "The person is in one of Meta's marketing experiments" },
  130497: { class: 'recipient', text: 'This account may not message people of that country' },
  131000: { class: 'retry', text: 'Something went wrong at WhatsApp' },
  131005: { class: 'sender', text: 'Access was denied' },
  131008: { class: 'campaign', text: 'A required parameter is missing' },
  131009: { class: 'campaign', text: 'The value of a parameter is not valid' },
  131016: { class: 'retry', text: 'WhatsApp is not available for now' },
  131021: { class: 'recipient', text: 'The recipient is the sending number itself' },
  131026: {
    class: 'recipient',
    text: 'The message could not be delivered: not on WhatsApp, or unable to receive it',
  },
  131030: { class: 'campaign', text: 'A test number may only send to its allowed list' },
  131031: { class: 'sender', text: 'The account is locked' },
  131037: { class: 'sender', text: 'The display name of the number is not approved' },
  131042: { class: 'sender', text: 'There is a payment problem with the WhatsApp account' },
  131045: { class: 'sender', text: 'The number is not registered correctly' },
  131047: { class: 'recipient', text: 'The 24-hour window is closed: only a template can be sent' },
  131048: { class: 'sender', text: 'Too many earlier messages were blocked or marked as spam' },
  131049: { class: 'later', text: 'Withheld by WhatsApp: this person got enough marketing for now' },
  131050: { class: 'recipient', text: 'The person stopped marketing messages from this business' },
  131051: { class: 'campaign', text: 'The type of message is not supported' },
  131052: { class: 'recipient', text: "The person's media could not be fetched" },
  131053: { class: 'campaign', text: 'The media could not be fetched or is of a wrong type or size' },
  131055: { class: 'campaign', text: 'This way of sending is not allowed' },
  131056: { class: 'pair', text: 'Too many messages to this person in a short time' },
  131057: { class: 'throttle', text: 'The number is in maintenance', restMs: 60_000 },
  131058: { class: 'campaign', text: 'This template can be sent from test numbers only' },
  131062: { class: 'recipient', text: 'This message needs a phone number' },
  131063: { class: 'campaign', text: 'Marketing templates are switched off for this account' },
  131064: { class: 'sender', text: 'Sending is limited because of misclassified templates' },
  132000: { class: 'campaign', text: "The number of parameters differs from the template's" },
  132001: { class: 'campaign', text: 'The template does not exist in this language or is not approved' },
  132005: { class: 'recipient', text: 'The text became too long with this person’s values' },
  132007: { class: 'campaign', text: 'The template breaks a policy' },
  132008: { class: 'campaign', text: 'The value of a template parameter is not valid' },
  132012: { class: 'campaign', text: 'A parameter does not have the format the template wants' },
  132015: { class: 'campaign', text: 'The template is paused for low quality' },
  132016: { class: 'campaign', text: 'The template was disabled for low quality' },
  132018: { class: 'recipient', text: 'A parameter has a new line, a tab or too many spaces' },
  132068: { class: 'campaign', text: 'The flow is blocked' },
  132069: { class: 'throttle', text: 'The flow is throttled' },
  133000: { class: 'sender', text: 'The number is not registered completely' },
  133004: { class: 'retry', text: 'WhatsApp is not available for now' },
  133005: { class: 'sender', text: 'The two-step PIN of the number is wrong' },
  133006: { class: 'sender', text: 'The number must be verified again' },
  133008: { class: 'sender', text: 'The two-step PIN of the number was tried too often' },
  133009: { class: 'sender', text: 'The two-step PIN of the number was tried too fast' },
  133010: { class: 'sender', text: 'The number is not registered for the Cloud API' },
  133015: { class: 'sender', text: 'The number was deleted recently; it can be used again later' },
  133016: { class: 'sender', text: 'The number was registered too often; it can be used again later' },
  134011: { class: 'campaign', text: 'The payment terms were not accepted' },
  134100: { class: 'campaign', text: 'Only marketing templates can be sent this way' },
  134101: {
    class: 'campaign',
    text: 'The template is still being prepared; it can be used in about ten minutes',
  },
  134102: { class: 'retry', text: 'The template is not available for now' },
  135000: { class: 'campaign', text: 'WhatsApp refused the message' },
  137000: { class: 'recipient', text: 'The identity of the person could not be confirmed' },
};

/** What Meta says of one refusal, in an HTTP answer or in a `failed` status. */
export interface ReportedError {
  code: number;
  subcode?: number | undefined;
  /** Meta's own words, for engineers. */
  details?: string | undefined;
  /** Of the HTTP answer; absent for a status. */
  httpStatus?: number | undefined;
  transient?: boolean | undefined;
}

/** The policy for a reported error, known or unknown. */
export function policyFor(error: ReportedError): ErrorPolicy {
  if (error.code === 100 && error.subcode === 33)
    return { class: 'sender', text: 'The WhatsApp number is unknown or not permitted' };
  // The only parameter of ours that differs per person in a valid campaign is the phone number.
  if (error.code === 131009 && /phone number/i.test(error.details ?? '')) {
    return { class: 'recipient', text: 'The phone number is not valid' };
  }
  const known = policies[error.code];
  if (known) return known;
  if (error.code >= 200 && error.code <= 299)
    return { class: 'sender', text: 'A permission for sending is missing' };
  const text = `WhatsApp reported error ${error.code}`;
  if (error.transient || (error.httpStatus ?? 0) >= 500) return { class: 'retry', text };
  if (error.httpStatus === 429) return { class: 'throttle', text };
  return { class: 'recipient', text };
}

/** The known codes of a class. */
export function codesOf(errorClass: ErrorClass): number[] {
  return Object.entries(policies)
    .filter(([, policy]) => policy.class === errorClass)
    .map(([code]) => Number(code));
}

/** Whether a code has a policy of its own. */
export function isKnown(code: number): boolean {
  return code in policies || (code >= 200 && code <= 299);
}

/** Every known code with its policy, by code. */
export function listPolicies(): (ErrorPolicy & { code: number })[] {
  return Object.entries(policies).map(([code, policy]) => ({ code: Number(code), ...policy }));
}

/** Every code that has a policy of its own. */
export function knownCodes(): number[] {
  return Object.keys(policies).map(Number);
}
