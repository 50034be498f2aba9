import { refusalText } from '../whatsapp/error-catalogue';
import type { ReportedError } from '../whatsapp/error-catalogue';
import type { Hindrance, NumberAtWhatsApp } from '../whatsapp/numbers';
import type { TroubleTopic } from '../whatsapp/account-events';
import { restrictionSentence } from './restrictions';
import type { Restriction } from './restrictions';

/** What testSender found out about a number. What could not be asked, because the token was refused, is undefined. */
export interface SenderFindings {
  phoneNumberId: string;
  wabaId: string;
  number: NumberAtWhatsApp | undefined;
  /** Refusals of the calls about the number and about its account. */
  numberError: ReportedError | undefined;
  accountError: ReportedError | undefined;
  unreachable: boolean;
  /** Meta's decision about the account. */
  review: string | undefined;
  subscribed: boolean | undefined;
  restrictions: readonly Restriction[];
  /** Why WhatsApp refused messages; none was accepted since. */
  sendError: string | null;
  /** The last one that a webhook told. */
  trouble: { text: string; topic: TroubleTopic | null } | null;
  /** Where webhooks have to go. */
  webhookUrl: string;
  /** Messages were sent from the number, and no webhook told anything of them. */
  webhooksMissing: boolean;
  /** A webhook about the number came with a wrong signature, and none with a right one since. */
  webhookRefused: boolean;
  /** Meta asked with a wrong verify word; neither the right one nor a webhook about the number has come since. */
  verificationRefused: boolean;
}

const tokenCodes = [0, 104, 190];
const permissionCodes = [3, 10, 131005];

const statusProblems: Readonly<Record<string, string>> = {
  PENDING: 'The number is not connected yet. Finish its registration in WhatsApp Manager.',
  UNVERIFIED: 'The number is not verified. Verify it in WhatsApp Manager.',
  DISCONNECTED: 'The number is not connected to the Cloud API. Register it again in WhatsApp Manager.',
  OFFLINE: 'The number is not connected to the Cloud API. Register it again in WhatsApp Manager.',
  FLAGGED:
    'WhatsApp flagged the number for low quality: too many people block or report it. Send less, and only to people who asked for it.',
  RATE_LIMITED: 'The number has reached its limit of people for now. Wait, or send from another number.',
  RESTRICTED: 'WhatsApp restricted the number. Look in WhatsApp Manager for what it may not do.',
  BANNED: 'WhatsApp banned this number. Ask for a review in WhatsApp Manager.',
  MIGRATED: 'The number was moved to another account. Add it again with the ids of that account.',
  DELETED: 'The WhatsApp number was deleted. Send from another number.',
};

/** What is wrong, one sentence each with its cure; nothing if all works. Pure. */
export function problemsOf(found: SenderFindings): string[] {
  const { numberError, accountError, unreachable, number } = found;
  if (unreachable) return ['WhatsApp cannot be reached at the moment. Test again in a minute.'];
  const token = [numberError, accountError].find((error) => error && tokenCodes.includes(error.code));
  if (token) return [refusalText(token)];
  const problems = [
    ...refusals(found),
    ...(number ? numberProblems(number) : []),
    ...accountProblems(found),
    ...notedProblems(found),
    ...webhookProblems(found),
  ];
  return [...new Set(problems)];
}

function refusals({ numberError, accountError, phoneNumberId, wabaId }: SenderFindings): string[] {
  const problems: string[] = [];
  if (numberError)
    problems.push(
      lacksPermission(numberError)
        ? permission(numberError, 'whatsapp_business_messaging')
        : isUnknown(numberError)
          ? `WhatsApp does not know the phone number id ${phoneNumberId}, or the access token may not use it. Check both in WhatsApp Manager (${numberError.code}).`
          : refusalText(numberError),
    );
  if (accountError && !(numberError && lacksPermission(numberError) && lacksPermission(accountError)))
    problems.push(
      lacksPermission(accountError)
        ? permission(accountError, 'whatsapp_business_management')
        : isUnknown(accountError)
          ? `WhatsApp does not know the account id ${wabaId}, or the access token may not use it. Check both in WhatsApp Manager (${accountError.code}).`
          : refusalText(accountError),
    );
  return problems;
}

function lacksPermission({ code }: ReportedError): boolean {
  return permissionCodes.includes(code) || (code >= 200 && code <= 299);
}

function isUnknown({ code, subcode }: ReportedError): boolean {
  return code === 33 || (code === 100 && subcode === 33);
}

function permission({ code }: ReportedError, name: string): string {
  return `The access token lacks the permission ${name}. Create a new one at Meta with the permissions whatsapp_business_messaging and whatsapp_business_management, and save it for this number (${code}).`;
}

function numberProblems({ status, verification, platform }: NumberAtWhatsApp): string[] {
  const problems: string[] = [];
  const byStatus = statusProblems[status];
  if (byStatus) problems.push(byStatus);
  // EXPIRED is said of every number some time after its verification, and does no harm
  if (verification === 'NOT_VERIFIED')
    problems.push('The number is not verified. Verify it in WhatsApp Manager.');
  if (platform && platform !== 'CLOUD_API')
    problems.push(
      'The number is not registered for the Cloud API. Register it in WhatsApp Manager, or with a call of register.',
    );
  return problems;
}

function accountProblems({ review, restrictions, number }: SenderFindings): string[] {
  const problems = restrictions.map(restrictionSentence);
  if (review === 'REJECTED')
    problems.push('WhatsApp rejected this account. Ask for a review in WhatsApp Manager.');
  if (review === 'PENDING')
    problems.push(
      'WhatsApp has not approved this account yet. Wait for its review, which takes a day or so.',
    );
  return [...problems, ...(number?.hindrances ?? []).map(hindranceText)];
}

/** What the readings do not show. */
function notedProblems({ sendError, trouble, number }: SenderFindings): string[] {
  const topic = trouble?.topic;
  const untilAccepted = [sendError, topic === 'NAME' || topic === 'SENDING' ? trouble?.text : null]
    .filter((text) => text != null)
    .filter((text) => !(isAboutPayment(text) && number?.hindrances.some((one) => isAboutPayment(one.text))))
    .map(
      (text) =>
        `${text} Then send a test message, or resume a campaign: this problem is over when WhatsApp accepts messages again.`,
    );
  return trouble && topic === 'DISABLING' ? [...untilAccepted, trouble.text] : untilAccepted;
}

function isAboutPayment(text: string): boolean {
  return /payment/i.test(text);
}

const entityNames: Readonly<Record<string, string>> = {
  PHONE_NUMBER: 'the number',
  WABA: 'the account',
  BUSINESS: 'the business portfolio',
  APP: 'the Meta app',
};

function hindranceText({ of, code, text, cure }: Hindrance): string {
  const number = code === undefined ? '' : ` (${code})`;
  if (isAboutPayment(text))
    return `There is a payment problem with the WhatsApp account. Add or correct its payment method in WhatsApp Manager${number}.`;
  const dot = /[.!?]$/.test(text) ? '' : '.';
  return `WhatsApp about ${entityNames[of] ?? 'the account'}: ${text}${dot}${cure && ` ${cure}`}${number}`;
}

function webhookProblems(found: SenderFindings): string[] {
  const { subscribed, number, webhookUrl, webhooksMissing, webhookRefused, verificationRefused } = found;
  const cure = `In the Meta app, under WhatsApp, Configuration, set the webhook's address to ${webhookUrl} with the verify word of Phone numbers, and subscribe to its fields.`;
  const problems: string[] = [];
  if (subscribed === false)
    problems.push(
      'No Meta app gets the webhooks of this account, so that nothing is known of what becomes of messages. Subscribe the app to the account: save the access token again, which does it.',
    );
  const url = number?.webhookUrl?.replace(/\/+$/, '');
  if (url === '') problems.push(`Meta has no address for the webhooks of this number. ${cure}`);
  else if (url !== undefined && url !== webhookUrl)
    problems.push(`Meta sends the webhooks of this number to another address, ${url}. ${cure}`);
  if (webhookRefused)
    problems.push(
      'Webhooks of this number arrive, but are refused because their signature is wrong. Set WHATSAPP_APP_SECRET to the app secret at Meta (App settings, Basic), and start the server again.',
    );
  if (verificationRefused)
    problems.push(
      `Meta asked for ${webhookUrl} with another verify word, and was refused. In the Meta app, under WhatsApp, Configuration, enter the verify word of Phone numbers.`,
    );
  if (webhooksMissing && problems.length === 0)
    problems.push(
      `Messages were sent from this number, but no webhook came. ${cure} If they are right, compare WHATSAPP_APP_SECRET with the app secret at Meta.`,
    );
  return problems;
}
