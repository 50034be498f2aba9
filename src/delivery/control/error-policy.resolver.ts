import { Authorized, Query, Resolver } from 'type-graphql';
import { Role } from '../../accounts/viewer';
import { listPolicies } from '../../whatsapp/error-catalogue';
import { ErrorPolicyGraphql } from './error-policy.graphql';

@Resolver()
export class ErrorPolicyResolver {
  @Authorized(Role.VIEWER)
  @Query(() => [ErrorPolicyGraphql], {
    description:
      "What Dakiya does after each of Meta's error codes, ordered by code. Codes from 200 to 299 that are not listed are missing permissions: SENDER. Any other unknown code is RETRY when WhatsApp calls it transient or answers with HTTP 500 or above, THROTTLE with HTTP 429, else RECIPIENT, though retryFailed sends again; when half of the latest messages fail with one such code, the campaign pauses.",
  })
  errorPolicies(): ErrorPolicyGraphql[] {
    return listPolicies().map(({ code, class: action, text }) => ({ code, action, text }));
  }
}
