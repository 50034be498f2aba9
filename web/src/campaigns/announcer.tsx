import { useEffect, useRef, useState } from 'react';
import type { CampaignSummaryFragment, CampaignStatus } from '../generated/graphql';
import { useText } from '../i18n/text';

const announceEveryMs = 10_000;

/**
 * Lets screen readers announce changes of status, at most every ten seconds: what changes meanwhile is announced together
 * then. Figures are not announced: they change too often.
 */
export function StatusAnnouncer({ campaigns }: { campaigns: CampaignSummaryFragment[] }) {
  const say = useText();
  const known = useRef(new Map<string, CampaignStatus>());
  const waiting = useRef(new Map<string, CampaignSummaryFragment>());
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [announcement, setAnnouncement] = useState('');

  useEffect(() => {
    for (const campaign of campaigns) {
      const before = known.current.get(campaign.id);
      known.current.set(campaign.id, campaign.stats.status);
      if (before !== undefined && before !== campaign.stats.status)
        waiting.current.set(campaign.id, campaign);
    }
    if (waiting.current.size === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        const words = [...waiting.current.values()].map(({ campaignName, stats }) =>
          say('campaigns.announce', {
            name: campaignName,
            status: say('campaigns.status', { status: stats.status }),
          }),
        );
        waiting.current.clear();
        setAnnouncement(words.join(' '));
      },
      Math.max(0, last.current + announceEveryMs - Date.now()),
    );
  }, [campaigns, say]);

  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  return (
    <p className="visually-hidden" aria-live="polite">
      {announcement}
    </p>
  );
}
