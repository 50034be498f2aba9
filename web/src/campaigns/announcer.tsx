import { useEffect, useRef, useState } from 'react';
import type { CampaignSummaryFragment, CampaignStatus } from '../generated/graphql';
import { statusName } from './status';

/** Lets screen readers announce changes of status. Figures are not announced: they change too often. */
export function StatusAnnouncer({ campaigns }: { campaigns: CampaignSummaryFragment[] }) {
  const known = useRef(new Map<string, CampaignStatus>());
  const [announcement, setAnnouncement] = useState('');
  useEffect(() => {
    const changed = campaigns.filter(({ id, stats }) => {
      const before = known.current.get(id);
      known.current.set(id, stats.status);
      return before !== undefined && before !== stats.status;
    });
    if (changed.length === 0) return;
    setAnnouncement(
      changed.map(({ stats }) => `${stats.campaignName}: ${statusName(stats.status)}.`).join(' '),
    );
  }, [campaigns]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {announcement}
    </p>
  );
}
