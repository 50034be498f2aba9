/**
 * What each of Meta's error codes means for a campaign. Data, from Meta's error reference. `text` is read by a marketer:
 * what happened and what to do. Decide on the code, never on the HTTP status or the title: those change.
 */

/**
 * - `retry`: a temporary problem at WhatsApp; sent again with backoff, each time uses up an attempt
 * - `throttle`: the sender sends too fast; it rests and slows down, no attempt is used up
 * - `pair`: too many messages to this one person; only this person waits
 * - `recipient`: this person will not get this message; not sent again
 * - `later`: this person cannot get it now; `retryFailed` may send it after 24 hours
 * - `campaign`: every message of this campaign would be refused; the campaign pauses
 * - `sender`: every message of this sender would be refused; the campaign pauses
 */
export type ErrorClass = 'retry' | 'throttle' | 'pair' | 'recipient' | 'later' | 'campaign' | 'sender';

export interface ErrorPolicy {
  class: ErrorClass;
  /** Without a full stop at its end: the code or Meta's details follow. */
  text: string;
  /** For `throttle`: how long the sender rests; a second unless given. */
  restMs?: number;
}

const newToken = 'Create a new access token at Meta and save it for this number';
const checkAccount = 'Check the account in WhatsApp Manager';

const policies: Readonly<Record<number, ErrorPolicy>> = {
  0: { class: 'sender', text: `WhatsApp could not check the access token. ${newToken}` },
  1: { class: 'retry', text: 'WhatsApp had an unknown problem. Retry later' },
  2: { class: 'retry', text: 'WhatsApp is down or overloaded. Retry later' },
  3: {
    class: 'sender',
    text: 'The Meta app may not send messages. Give it the permission whatsapp_business_messaging',
  },
  4: { class: 'throttle', text: 'The Meta app made too many calls. Sending goes on more slowly' },
  10: {
    class: 'sender',
    text: 'The permission to send was removed or never given. Give the access token the permission whatsapp_business_messaging',
  },
  33: { class: 'sender', text: 'The WhatsApp number was deleted. Send from another number' },
  100: {
    class: 'campaign',
    text: 'WhatsApp did not accept a value of the message. Check the template and its values',
  },
  104: { class: 'sender', text: `WhatsApp got no access token. ${newToken}` },
  190: { class: 'sender', text: `The access token has expired or is not valid. ${newToken}` },
  368: { class: 'sender', text: `Meta restricted the account because it broke a policy. ${checkAccount}` },
  80007: { class: 'throttle', text: 'The WhatsApp account made too many calls. Sending goes on more slowly' },
  80008: { class: 'throttle', text: 'The WhatsApp account made too many calls. Try again in an hour' },
  130403: {
    class: 'recipient',
    text: 'Your business has blocked this person. Unblock the person at WhatsApp to send',
  },
  130429: {
    class: 'throttle',
    text: 'The number reached its sending speed at WhatsApp. Sending goes on more slowly',
  },
  130472: {
    class: 'recipient',
    text: "WhatsApp withheld the message because the person is in one of Meta's marketing experiments. Sending again does not help",
  },
  130497: {
    class: 'recipient',
    text: 'This account may not message people in this country. Leave the country out',
  },
  131000: { class: 'retry', text: 'Something went wrong at WhatsApp. Retry later' },
  131005: { class: 'sender', text: 'WhatsApp denied access. Check the permissions of the access token' },
  131008: {
    class: 'campaign',
    text: 'A value that the message needs is missing or blank. Check the values of the template',
  },
  131009: {
    class: 'campaign',
    text: 'A value of the message is not valid. Check the values of the template',
  },
  131016: { class: 'retry', text: 'WhatsApp is not available for now. Retry later' },
  131021: { class: 'recipient', text: 'The recipient is the sending number itself' },
  131026: {
    class: 'recipient',
    text: 'The message could not be delivered: the person is not on WhatsApp, or cannot receive it',
  },
  131030: {
    class: 'campaign',
    text: 'A test number may send only to its list of test recipients. Send from a real number, or add the recipients to the list',
  },
  131031: { class: 'sender', text: `The WhatsApp account is locked. ${checkAccount}` },
  131037: {
    class: 'sender',
    text: 'The display name of the number is not approved. Have it approved in WhatsApp Manager',
  },
  131042: {
    class: 'sender',
    text: 'There is a payment problem with the WhatsApp account. Check its payment method in WhatsApp Manager',
  },
  131045: { class: 'sender', text: 'The number is not registered correctly. Register it again' },
  131047: {
    class: 'recipient',
    text: 'The person has not written for 24 hours, so only a template can be sent. Use a template',
  },
  // Meta advises to wait for hours and to look at the quality first: a person decides when to go on
  131048: {
    class: 'sender',
    text: 'WhatsApp limits the number because too many people blocked it or reported spam. Check its quality in WhatsApp Manager before you resume',
  },
  131049: {
    class: 'later',
    text: 'WhatsApp withheld the message because this person got enough marketing messages recently. Retry after 24 hours at the earliest',
  },
  131050: { class: 'recipient', text: 'The person stopped marketing messages from your business' },
  131051: { class: 'campaign', text: 'WhatsApp does not support this type of message. Use another template' },
  131052: { class: 'recipient', text: 'WhatsApp could not fetch the media that the person sent' },
  131053: {
    class: 'campaign',
    text: 'WhatsApp could not fetch the image, video or document, or its type or size is not allowed. Check its address',
  },
  131055: {
    class: 'campaign',
    text: 'This way of sending is not allowed for the account. Accept the terms for marketing messages in WhatsApp Manager, or set the marketing route of the number to AUTO',
  },
  131056: {
    class: 'pair',
    text: 'Too many messages to this person in a short time. It is sent again after a wait',
  },
  131057: {
    class: 'throttle',
    text: 'WhatsApp maintains the number. Sending goes on in a minute',
    restMs: 60_000,
  },
  131058: { class: 'campaign', text: 'Only test numbers may send this template. Use another template' },
  131061: {
    class: 'campaign',
    text: 'A template with a maximum price must be sent as a marketing message. Use a template without one',
  },
  131062: {
    class: 'recipient',
    text: 'This message needs a phone number, and the person is known by a user id only',
  },
  131063: {
    class: 'campaign',
    text: 'The account may not send marketing templates over the Cloud API. Set the marketing route of the number to AUTO, or switch them on in WhatsApp Manager',
  },
  131064: {
    class: 'sender',
    text: `WhatsApp limits the account because its templates were in the wrong category. ${checkAccount}`,
  },
  131065: { class: 'recipient', text: 'A template with a maximum price cannot be sent to this country' },
  131070: {
    class: 'later',
    text: 'Somebody else is answering this person at the moment. Retry after 24 hours',
  },
  132000: {
    class: 'campaign',
    text: 'The template has another number of values than the campaign gives. Synchronise the templates and create the campaign again',
  },
  132001: {
    class: 'campaign',
    text: 'The template does not exist in this language, or is not approved. Check it in WhatsApp Manager',
  },
  132005: {
    class: 'recipient',
    text: 'The text became too long with the values of this person. Shorten the values',
  },
  132007: { class: 'campaign', text: "The template breaks one of WhatsApp's policies. Use another template" },
  132008: {
    class: 'campaign',
    text: 'A value of the template is not valid. Check the values of the template',
  },
  132012: {
    class: 'campaign',
    text: 'A value does not have the form that the template wants. Check the values and the media of the template',
  },
  132015: {
    class: 'campaign',
    text: 'The template is paused for low quality. Resume when WhatsApp has released it, or use another template',
  },
  132016: {
    class: 'campaign',
    text: 'The template was disabled because it was paused for low quality too often. Use another template',
  },
  132018: {
    class: 'recipient',
    text: 'A value of this person has a line break, a tab or too many spaces. Correct the value',
  },
  132068: {
    class: 'campaign',
    text: 'WhatsApp blocked the flow of the template. Check it in WhatsApp Manager',
  },
  132069: {
    class: 'throttle',
    text: 'WhatsApp limits the flow of the template. Sending goes on more slowly',
  },
  133000: { class: 'sender', text: 'The number is registered only in part. Register it again' },
  133004: { class: 'retry', text: 'WhatsApp is not available for now. Retry later' },
  133005: {
    class: 'sender',
    text: 'The two-step PIN of the number is wrong. Correct it in WhatsApp Manager',
  },
  133006: { class: 'sender', text: 'The number must be verified again. Verify it in WhatsApp Manager' },
  133008: {
    class: 'sender',
    text: 'The two-step PIN of the number was wrong too often. Wait, then try again',
  },
  133009: {
    class: 'sender',
    text: 'The two-step PIN of the number was tried too fast. Wait, then try again',
  },
  133010: { class: 'sender', text: 'The number is not registered for the Cloud API. Register it' },
  133015: { class: 'sender', text: 'The number was deleted a short time ago. Wait, then register it again' },
  133016: {
    class: 'sender',
    text: 'The number was registered too often. Wait for 72 hours, then register it again',
  },
  134011: {
    class: 'campaign',
    text: 'The terms for payments on WhatsApp are not accepted. Accept them in WhatsApp Manager',
  },
  134100: {
    class: 'campaign',
    text: 'Only marketing templates can be sent as marketing messages. Set the marketing route of the number to AUTO, or use a marketing template',
  },
  // nothing but the whole campaign can wait for so long
  134101: {
    class: 'campaign',
    text: 'WhatsApp is still preparing the template for marketing messages. Resume in ten minutes',
  },
  134102: { class: 'retry', text: 'The template is not available for now. Retry later' },
  135000: {
    class: 'campaign',
    text: 'WhatsApp refused the message for an unknown reason. Check the template and its values',
  },
  137000: { class: 'recipient', text: 'WhatsApp could not confirm the identity of the person' },
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
    return {
      class: 'sender',
      text: 'WhatsApp does not know the number, or the access token may not use it. Check both',
    };
  // The only value that differs per person in a valid campaign is the phone number.
  if (error.code === 131009 && /phone number/i.test(error.details ?? '')) {
    return { class: 'recipient', text: 'The phone number is not valid. Correct it' };
  }
  const known = policies[error.code];
  if (known) return known;
  if (error.code >= 200 && error.code <= 299)
    return {
      class: 'sender',
      text: 'A permission for sending is missing. Check the permissions of the access token',
    };
  const text = `WhatsApp reported error ${error.code}`;
  if (error.transient || (error.httpStatus ?? 0) >= 500) return { class: 'retry', text };
  if (error.httpStatus === 429) return { class: 'throttle', text };
  return { class: 'recipient', text };
}

/** What a refusal means, in words, with what WhatsApp says of this one in particular. */
export function refusalWords(error: ReportedError): string {
  const { text } = policyFor(error);
  return error.details && error.details !== text ? `${text} (${error.details})` : text;
}

/** What a refusal means, as a sentence with Meta's code. */
export function refusalText(error: ReportedError): string {
  return `${policyFor(error).text} (${error.code}).`;
}

/**
 * Refusals that no longer hold when the number and its account can be read: of the token, and of a number that is not known.
 * Of a payment, a name or a registration, only accepted messages show that it is mended.
 */
export const disprovedByReading: readonly string[] = [
  ...[0, 33, 104, 190].map((code) => refusalText({ code })),
  refusalText({ code: 100, subcode: 33 }),
];

/** Whether WhatsApp refused a message because it does not know the id of its media (any more). */
export function isUnknownMedia({ code, details = '' }: ReportedError): boolean {
  return code === 100 && /media attachment id/i.test(details);
}

/**
 * Errors of a `failed` status about a message that WhatsApp first accepted and held, and later dropped: the template was
 * paused (132015), or the account's messages were not well received (135000). The person received nothing.
 */
export const heldAndDropped: readonly number[] = [132015, 135000];

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
