import type { ExclusionReason } from '../../audience/audience';
import type { RecipientStatus, SkippedReason } from '../../campaigns/recipient-status';

/** A recipient as it is read. */
export interface RecipientFields {
  seq: number;
  name: string;
  phone: string;
  email: string | null;
  status: RecipientStatus;
  attempts: number;
  errorCode: number | null;
  errorText: string | null;
  excludedReason: ExclusionReason | null;
  skippedReason: SkippedReason | null;
  sentAt: Date | null;
  deliveredAt: Date | null;
  readAt: Date | null;
  failedAt: Date | null;
  clickedAt: Date | null;
  convertedAt: Date | null;
  repliedAt: Date | null;
  skippedAt: Date | null;
  optedOutAt: Date | null;
}
