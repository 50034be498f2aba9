import { Button } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useText } from '../i18n/text';
import type { MenuProps } from './campaign-menu-items';
import { MoreIcon } from './icons';

const CampaignMenuItems = lazy(() => import('./campaign-menu-items'));

/** The button of what is done with a campaign less often. The menu is loaded when it is first opened. */
export function CampaignMenu(props: MenuProps) {
  const say = useText();
  const [asked, setAsked] = useState(false);
  const name = props.campaign.campaignName || say('campaigns.unnamed');
  const button = (
    <Button
      variant="subtle"
      px={8}
      aria-label={say('campaigns.more', { name })}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setAsked(true)}
    >
      <MoreIcon />
    </Button>
  );
  if (!asked) return button;
  return (
    <Suspense fallback={button}>
      <CampaignMenuItems {...props} />
    </Suspense>
  );
}
