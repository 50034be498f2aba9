import { notFound, UserError } from '../infra/errors';
import { isUuid } from '../infra/input';

/** Who may do what; each role may also do what the one before it may. */
export enum Role {
  /** Reads. */
  VIEWER = 'VIEWER',
  /** Also audiences and campaigns. */
  MARKETER = 'MARKETER',
  /** Also senders, templates, products, settings. */
  ADMIN = 'ADMIN',
  /** Every business. */
  OPERATOR = 'OPERATOR',
}

const ranks = Object.values(Role);

/** The person or program behind a request, as its token says. */
export class Viewer {
  constructor(
    readonly subject: string,
    readonly role: Role,
    private readonly businessIds: ReadonlySet<string>,
    /** When the token ends, in milliseconds since 1970. */
    readonly expiresAt: number,
  ) {}

  may(role: Role): boolean {
    return ranks.indexOf(this.role) >= ranks.indexOf(role);
  }

  /** The businesses the token names; undefined for an operator, who sees all. */
  get visibleBusinesses(): string[] | undefined {
    return this.role === Role.OPERATOR ? undefined : [...this.businessIds];
  }

  sees(businessId: string): boolean {
    return this.role === Role.OPERATOR || this.businessIds.has(businessId.toLowerCase());
  }

  /** @throws FORBIDDEN when the role is below the one that is needed. */
  mustBe(role: Role): void {
    if (!this.may(role))
      throw new UserError('FORBIDDEN', `This needs the role ${role}; yours is ${this.role}`);
  }

  /** @throws NOT_FOUND when the token does not name the business: for it the business does not exist. */
  mustSee(businessId: string, what = 'Business'): void {
    if (!isUuid(businessId) || !this.sees(businessId)) throw notFound(what);
  }
}
