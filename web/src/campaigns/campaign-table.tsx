import { memo } from 'react';
import { StatusAnnouncer } from './announcer';
import { CampaignRow } from './campaign-row';
import type { CampaignSummaryFragment } from '../generated/graphql';
import type { Role } from '../sign-in/token';

interface Props {
  campaigns: CampaignSummaryFragment[];
  timeZone: string;
  role: Role;
  /** Another page is on its way. */
  busy: boolean;
}

const Row = memo(CampaignRow);

/** The roles are written out since narrow screens lay the table out as cards, which takes its meaning away. */
export function CampaignTable({ campaigns, timeZone, role, busy }: Props) {
  return (
    <>
      <StatusAnnouncer campaigns={campaigns} />
      <table className="campaigns" role="table" aria-busy={busy}>
        <caption className="visually-hidden">Campaigns, newest first. Times are in {timeZone}.</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              Campaign
            </th>
            <th role="columnheader" scope="col" className="number">
              Audience
            </th>
            <th role="columnheader" scope="col">
              Progress
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="Accepted by WhatsApp; share of the audience"
            >
              Sent
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="Arrived on the device; share of the sent"
            >
              Delivered
            </th>
            <th role="columnheader" scope="col" className="number" title="Opened; share of the delivered">
              Read
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="People who followed the link; share of the delivered"
            >
              Clicked
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="People who ordered; share of the delivered"
            >
              Converted
            </th>
            <th role="columnheader" scope="col" title={`Times in ${timeZone}`}>
              Time
            </th>
            <th role="columnheader" scope="col">
              <span className="visually-hidden">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {campaigns.map((campaign) => (
            <Row key={campaign.id} campaign={campaign} timeZone={timeZone} role={role} />
          ))}
        </tbody>
      </table>
      <p className="muted zone">Times are in {timeZone}.</p>
    </>
  );
}
