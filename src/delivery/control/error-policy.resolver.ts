import { Authorized, Query, Resolver } from 'type-graphql';
import { Role } from '../../accounts/viewer';
import { listPolicies } from '../../whatsapp/error-catalogue';
import { ErrorPolicyGraphql } from './error-policy.graphql';

@Resolver()
export class ErrorPolicyResolver {
  @Authorized(Role.VIEWER)
  @Query(() => [ErrorPolicyGraphql], {
    description:
      "What follows from each of Meta's error codes, by code. 200 to 299 not in the list are missing permissions: SENDER. Any other unknown code is RETRY when WhatsApp calls it transient or answers with HTTP 500 and above, THROTTLE with HTTP 429, else RECIPIENT, though retryFailed tries it again; when half of the latest messages meet one, the campaign pauses.",
  })
  errorPolicies(): ErrorPolicyGraphql[] {
    return listPolicies().map(({ code, class: action, text }) => ({ code, action, text }));
  }
}
