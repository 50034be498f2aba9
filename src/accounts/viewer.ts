import { notFound, UserError } from '../infra/errors';
import { isUuid } from '../infra/input';

/** Permissions; each role includes those of the role before it. */
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

/** The person or program that sent a request, as described by its token. */
export class Viewer {
  constructor(
    readonly subject: string,
    readonly role: Role,
    private readonly businessIds: ReadonlySet<string>,
    /** When the token ends, in milliseconds since 1970. */
    readonly expiresAt: number,
  ) {}

  /** What a viewer sees of something depends on the role. */
  get audience(): string {
    return this.role;
  }

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

  /** @throws NOT_FOUND when the token does not name the business, as if the business did not exist */
  mustSee(businessId: string, what = 'Business'): void {
    if (!isUuid(businessId) || !this.sees(businessId)) throw notFound(what);
  }
}
