import { memo } from 'react';
import { StatusAnnouncer } from './announcer';
import { CampaignRow } from './campaign-row';
import type { CampaignSummaryFragment } from '../generated/graphql';
import type { Role } from '../sign-in/token';

interface Props {
  campaigns: CampaignSummaryFragment[];
  timeZone: string;
  role: Role;
  /** Another page is being loaded. */
  busy: boolean;
}

const Row = memo(CampaignRow);

/** The roles are explicit because narrow screens show the rows as cards, and CSS layout removes the roles of a table. */
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
              title="Accepted by WhatsApp; percentage of the audience"
            >
              Sent
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="Arrived on the device; percentage of the sent messages"
            >
              Delivered
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="Opened; percentage of the delivered messages"
            >
              Read
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="People who opened the link; percentage of the delivered messages"
            >
              Clicked
            </th>
            <th
              role="columnheader"
              scope="col"
              className="number"
              title="People who ordered; percentage of the delivered messages"
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
