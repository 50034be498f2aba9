import { count, percent, share } from '../format/numbers';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { useLiveFigures } from '../live/use-live-figures';
import type { Role } from '../sign-in/token';
import { may } from '../sign-in/token';
import { Actions } from './actions';
import { Progress, Remainder } from './progress';
import { StatusChip } from './status';
import { Times } from './times';
import { useStatusReason } from './use-status-reason';

interface Props {
  campaign: CampaignSummaryFragment;
  timeZone: string;
  role: Role;
}

/** WhatsApp delivers a message within 30 days or not at all, so the figures of campaigns that ended earlier no longer change. */
const followedMs = 30 * 86_400_000;

export function CampaignRow({ campaign, timeZone, role }: Props) {
  const { id, campaignName, campaignType, stats } = campaign;
  const draft = stats.status === 'DRAFT';
  const settled = stats.completedAt !== null && Date.parse(stats.completedAt) < Date.now() - followedMs;
  useLiveFigures(id, !settled);
  const reason = useStatusReason(campaign);

  return (
    <tr role="row" data-campaign={id}>
      <th role="rowheader" scope="row" className="cell-name">
        <span className="name">{campaignName}</span>
        <span className="under-name">
          <StatusChip status={stats.status} />
          <span className="muted kind">{campaignType.toLowerCase()}</span>
        </span>
        {reason !== null && <p className="reason">{reason}</p>}
      </th>
      <td role="cell" className="number cell-audience" data-label="Audience">
        <span className="figure">{count(stats.totalRecipients)}</span>
      </td>
      <td role="cell" className="cell-progress">
        <Progress figures={stats} />
        <Remainder figures={stats} />
      </td>
      <Figure
        label="Sent"
        value={stats.sentCount}
        rate={draft ? null : share(stats.sentCount, stats.totalRecipients)}
      />
      <Figure label="Delivered" value={stats.deliveredCount} rate={stats.deliveryRate} />
      <Figure label="Read" value={stats.readCount} rate={share(stats.readCount, stats.deliveredCount)} />
      <Figure label="Clicked" value={stats.clickedCount} rate={stats.clickRate} />
      <Figure label="Converted" value={stats.convertedCount} rate={stats.conversionRate} />
      <td role="cell" className="cell-time">
        <Times campaign={campaign} timeZone={timeZone} />
      </td>
      <td role="cell" className="cell-actions">
        {may(role, 'MARKETER') && <Actions campaign={campaign} />}
      </td>
    </tr>
  );
}

function Figure({ label, value, rate }: { label: string; value: number; rate: number | null }) {
  return (
    <td role="cell" className="number" data-label={label} data-figure={label.toLowerCase()}>
      <span className="figure">{count(value)}</span>
      <span className="rate">{percent(rate)}</span>
    </td>
  );
}
