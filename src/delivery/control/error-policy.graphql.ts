import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { ErrorClass } from '../../whatsapp/error-catalogue';

/** The classes of the catalogue, by their names in the API. */
const ErrorAction = {
  RETRY: 'retry',
  THROTTLE: 'throttle',
  PAIR: 'pair',
  RECIPIENT: 'recipient',
  LATER: 'later',
  CAMPAIGN: 'campaign',
  SENDER: 'sender',
} as const satisfies { [Class in ErrorClass as Uppercase<Class>]: Class };

registerEnumType(ErrorAction, {
  name: 'ErrorAction',
  description: 'What Dakiya does when WhatsApp reports an error.',
  valuesConfig: {
    RETRY: {
      description:
        'A transient error: sent again after a wait that doubles, up to DELIVERY_ATTEMPTS in all, then failed. retryFailed sends again.',
    },
    THROTTLE: {
      description:
        'Sending too fast: the sender waits, continues more slowly, and the recipient stays queued; no attempt is used up.',
    },
    PAIR: {
      description:
        'Too many messages to this recipient: only this recipient waits and stays queued; no attempt is used up.',
    },
    RECIPIENT: { description: 'This recipient cannot get this message: failed, and never sent again.' },
    LATER: { description: 'Not now: failed; retryFailed sends again after 24 hours.' },
    CAMPAIGN: {
      description:
        'Every message of the campaign would fail the same way: the campaign pauses with a statusReason, and recipients stay queued for resumeCampaign. Where others were accepted, a bad value belongs to one recipient, and only that one fails.',
    },
    SENDER: {
      description:
        'Every message of the sender would fail the same way: the campaign pauses with a statusReason, and recipients stay queued for resumeCampaign.',
    },
  },
});

@ObjectType('ErrorPolicy', { description: "One of Meta's error codes, and what Dakiya does after it." })
export class ErrorPolicyGraphql {
  @Field(() => Int, { description: "Meta's number, e.g. 131026." }) code: number;
  @Field(() => ErrorAction, { description: 'What Dakiya does.' }) action: ErrorClass;
  @Field(() => String, { description: 'What the code means, in plain words.' }) text: string;
}
