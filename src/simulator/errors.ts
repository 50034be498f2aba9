import type { ErrorBody, WebhookError } from '../whatsapp/wire';

/** Meta's error codes (fact sheet, section 2.2): title, usual HTTP status, and the text of `error_data.details`. */
interface KnownError {
  title: string;
  http: number;
  details: string;
}

const HREF = 'https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes';

const known = (http: number, title: string, details = title): KnownError => ({ http, title, details });

const ERRORS: Record<number, KnownError> = {
  0: known(401, 'AuthException', 'We were unable to authenticate the app user.'),
  1: known(400, 'API Unknown', 'Invalid request or possible server error.'),
  2: known(503, 'Service temporarily unavailable', 'Temporary due to downtime or due to being overloaded.'),
  3: known(500, 'API Method', 'Capability or permissions issue.'),
  4: known(400, 'Application request limit reached', 'The app has reached its API call rate limit.'),
  10: known(403, 'Application does not have permission for this action'),
  33: known(400, 'Parameter value is not valid', 'The business phone number has been deleted.'),
  100: known(400, 'Invalid parameter'),
  104: known(401, 'An access token is required to request this resource.'),
  190: known(401, 'Invalid OAuth access token - Cannot parse access token'),
  200: known(403, 'Permissions error'),
  368: known(
    403,
    'Temporarily blocked for policies violations',
    'The account is restricted for policy violations.',
  ),
  80007: known(400, 'Rate limit issues', 'The WhatsApp Business Account has reached its rate limit.'),
  80008: known(400, 'There have been too many calls to this WhatsApp Business account.'),
  130403: known(400, 'User has been blocked by this business'),
  130429: known(400, 'Rate limit hit', 'Cloud API message throughput has been reached.'),
  130472: known(
    400,
    "User's number is part of an experiment",
    "Failed to send message because this user's phone number is part of an experiment",
  ),
  130497: known(403, 'Business account is restricted from messaging users in this country.'),
  131000: known(500, 'Something went wrong', 'Message failed to send due to an unknown error.'),
  131005: known(403, 'Access denied', 'Permission is either not granted or has been removed.'),
  131008: known(400, 'Required parameter is missing', 'The request is missing a required parameter.'),
  131009: known(400, 'Parameter value is not valid', 'One or more parameter values are invalid.'),
  131016: known(500, 'Service unavailable', 'A service is temporarily unavailable.'),
  131021: known(400, 'Recipient cannot be sender', 'Sender and recipient phone number is the same.'),
  131026: known(400, 'Message undeliverable', 'Message Undeliverable.'),
  131030: known(
    400,
    'Recipient phone number not in allowed list',
    'Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.',
  ),
  131031: known(403, 'Business Account locked', 'Business Account has been locked.'),
  131037: known(400, 'WhatsApp provided number needs display name approval before message can be sent.'),
  131042: known(
    400,
    'Business eligibility payment issue',
    'Message failed to send because there were one or more errors related to your payment method.',
  ),
  131045: known(
    500,
    'Incorrect certificate',
    'Message failed to send due to a phone number registration error.',
  ),
  131047: known(
    400,
    'Re-engagement message',
    'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
  ),
  131048: known(
    400,
    'Spam rate limit hit',
    'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
  ),
  131049: known(
    400,
    'This message was not delivered to maintain healthy ecosystem engagement.',
    'In order to maintain a healthy ecosystem engagement, the message failed to be delivered.',
  ),
  131050: known(
    400,
    'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business',
  ),
  131051: known(400, 'Unsupported message type'),
  131052: known(400, 'Media download error', 'Unable to download the media sent by the user.'),
  131053: known(400, 'Media upload error', 'Unable to upload the media used in the message.'),
  131055: known(400, 'Method not allowed'),
  131056: known(
    400,
    '(Business Account, Consumer Account) pair rate limit hit',
    'Message failed to send because too many messages were sent from this phone number to the same phone number in a short period of time.',
  ),
  131057: known(500, 'Account in maintenance mode', 'Business Account is in maintenance mode'),
  131061: known(400, 'Max-price templates must be sent with the Marketing Messages API'),
  131062: known(400, 'Business-scoped user id recipients are not supported for this message'),
  131063: known(400, 'Marketing templates are disabled on Cloud API for this account'),
  131064: known(400, 'Messaging limit reached because of template classification violations'),
  131065: known(400, 'Max price is not available in the country of the recipient'),
  131070: known(400, 'The conversation is owned by another responder'),
  132000: known(400, 'Number of parameters does not match the expected number of params'),
  132001: known(404, 'Template name does not exist in the translation'),
  132005: known(400, 'Translated text too long'),
  132007: known(400, 'Template format character policy violated'),
  132008: known(400, 'Template parameter value is not valid'),
  132012: known(400, 'Parameter format does not match format in the created template'),
  132015: known(
    400,
    'Template is paused',
    'Template is paused due to low quality so it cannot be sent in a template message.',
  ),
  132016: known(
    400,
    'Template is disabled',
    'Template has been paused too many times due to low quality and is now permanently disabled.',
  ),
  132018: known(
    400,
    'Template parameters are not valid',
    'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
  ),
  132068: known(400, 'Flow is in blocked state'),
  132069: known(400, 'Flow is in throttled state'),
  133000: known(500, 'Incomplete deregistration'),
  133004: known(503, 'Server is temporarily not available'),
  133005: known(400, 'Two step verification PIN mismatch'),
  133006: known(400, 'Phone number re-verification needed'),
  133008: known(400, 'Too many two step verification PIN guesses'),
  133009: known(400, 'Two step verification PIN guessed too fast'),
  133010: known(
    400,
    'Account not registered',
    'Account does not exist in Cloud API, please use /register API to create an account first',
  ),
  133015: known(400, 'Please wait a few minutes before attempting to register this phone number'),
  133016: known(400, 'Account register deregister rate limit exceeded'),
  134011: known(400, 'WhatsApp payments terms of service have not been accepted'),
  134100: known(
    400,
    'Only marketing messages are supported',
    'Only templates of category MARKETING can be sent with the Marketing Messages API.',
  ),
  134101: known(
    400,
    'Template is syncing',
    'The template is not yet available to the Marketing Messages API, try again in 10 minutes.',
  ),
  134102: known(500, 'Template unavailable'),
  135000: known(
    400,
    'Generic user error',
    'Message failed to send because of an unknown error with your request parameters.',
  ),
  137000: known(400, 'Recipient identity key hash mismatch'),
};

export const isKnownCode = (code: number): boolean => code in ERRORS;

/** Codes of the Graph platform itself: their messages carry no `error_data`. */
const isGraphCode = (code: number): boolean => code < 1000;

/** A call that is turned down: what goes back, and how long the caller is asked to wait. */
export interface Refusal {
  http: number;
  error: ErrorBody['error'];
  retryAfterSeconds?: number;
}

interface RefusalVariation {
  http?: number;
  /** Replaces the whole text after `(#code) `. */
  message?: string;
  subcode?: number;
  type?: string;
}

/** A refusal with Meta's texts; `details` is what a client should read and show. */
export function refuse(code: number, details?: string, vary: RefusalVariation = {}): Refusal {
  const entry = ERRORS[code] ?? known(400, 'Unknown error');
  // The token errors are the only ones that Meta words without the code in front.
  const text = vary.message ?? (isGraphCode(code) && details ? details : entry.title);
  const error: ErrorBody['error'] = {
    message: code === 190 || code === 104 || vary.type ? text : `(#${code}) ${text}`,
    type: vary.type ?? 'OAuthException',
    code,
  };
  if (!isGraphCode(code)) {
    error.error_data = { messaging_product: 'whatsapp', details: details ?? entry.details };
  }
  if (vary.subcode !== undefined) error.error_subcode = vary.subcode;
  return { http: vary.http ?? entry.http, error };
}

/** An id that the token cannot see; Meta does not say whether it exists. */
export function unknownObject(id: string, method: string): Refusal {
  const message = `Unsupported ${method} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
  return refuse(100, undefined, { message, subcode: 33, type: 'GraphMethodException' });
}

/** The error of a `failed` status: another shape than a refusal's. */
export function webhookError(code: number): WebhookError {
  const entry = ERRORS[code] ?? known(400, 'Unknown error');
  return {
    code,
    title: entry.title,
    message: entry.title,
    error_data: { details: entry.details },
    href: HREF,
  };
}
