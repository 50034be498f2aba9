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
  description: 'What follows when WhatsApp reports an error.',
  valuesConfig: {
    RETRY: {
      description:
        'Passing trouble at WhatsApp: sent again after a wait that doubles, a few times in all, then failed. retryFailed tries anew.',
    },
    THROTTLE: {
      description: 'Sending too fast: the number rests and the person stays queued; no try is used up.',
    },
    PAIR: {
      description:
        'Too much for this one person: only this person waits and stays queued; no try is used up.',
    },
    RECIPIENT: { description: 'This person will not get this message: failed, and never tried again.' },
    LATER: { description: 'Not now: failed; retryFailed tries again after 24 hours.' },
    CAMPAIGN: {
      description:
        "Every message of the campaign would fail alike: the campaign pauses with a statusReason, and people stay queued for resumeCampaign. Where others were accepted, a bad value is that person's own, and only that person fails.",
    },
    SENDER: {
      description:
        'Every message from the number would fail alike: the campaign pauses with a statusReason, and people stay queued for resumeCampaign.',
    },
  },
});

@ObjectType('ErrorPolicy', { description: "One of Meta's error codes, and what it means for a campaign." })
export class ErrorPolicyGraphql {
  @Field(() => Int, { description: "Meta's number, e.g. 131026." }) code: number;
  @Field(() => ErrorAction, { description: 'What follows.' }) action: ErrorClass;
  @Field(() => String, { description: 'What it says, in plain words.' }) text: string;
}
