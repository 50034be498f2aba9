import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { share } from '../format/numbers';
import { useFormat } from '../format/use-format';
import type { CampaignSummaryFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useLiveFigures } from '../live/use-live-figures';
import { useMay } from '../sign-in/signed-in';
import { Cell, Row, RowHeader } from '../ui/table';
import { Actions } from './actions';
import styles from './campaigns.module.css';
import { stepAddress } from './new/steps';
import { Progress } from './progress';
import { StatusChip } from './status';
import { Times } from './times';
import { useStatusReason } from './use-status-reason';

interface Props {
  campaign: CampaignSummaryFragment;
  timeZone: string;
}

/** WhatsApp delivers a message within 30 days or not at all, so the figures of campaigns that ended earlier no longer change. */
const followedMs = 30 * 86_400_000;

/** One campaign of the list, with live figures. */
export const CampaignRow = memo(function CampaignRow({ campaign, timeZone }: Props) {
  const say = useText();
  const mayAct = useMay('MARKETER');
  const { id, campaignType, missing, stats } = campaign;
  const name = campaign.campaignName || say('campaigns.unnamed');
  const settled = stats.completedAt !== null && Date.parse(stats.completedAt) < Date.now() - followedMs;
  useLiveFigures(id, !settled);
  const reason = useStatusReason(campaign);
  const begun = stats.startedAt !== null;

  return (
    <Row data-campaign={id}>
      <RowHeader>
        <span>
          {mayAct && (stats.status === 'DRAFT' || stats.status === 'SCHEDULED') ? (
            <Link to={stepAddress(stats.status === 'DRAFT' ? 'audience' : 'review', id)}>{name}</Link>
          ) : (
            <Link to="/campaigns/$campaignId" params={{ campaignId: id }}>
              {name}
            </Link>
          )}
        </span>
        <span className={styles.underName}>
          <StatusChip status={stats.status} />
          <span>{say('campaigns.type', { type: campaignType })}</span>
          {missing.length > 0 && <span>{say('campaigns.notComplete')}</span>}
        </span>
        {reason !== null && <p className={styles.reason}>{reason}</p>}
      </RowHeader>
      <Cell>
        <Progress figures={stats} />
      </Cell>
      <Figure begun={begun} name="delivered" value={stats.deliveredCount} rate={stats.deliveryRate} />
      <Figure
        begun={begun}
        name="read"
        value={stats.readCount}
        rate={share(stats.readCount, stats.deliveredCount)}
      />
      <Figure begun={begun} name="clicked" value={stats.clickedCount} rate={stats.clickRate} />
      <Figure begun={begun} name="converted" value={stats.convertedCount} rate={stats.conversionRate} />
      <Cell>
        <Times campaign={campaign} timeZone={timeZone} />
      </Cell>
      <Cell className={styles.actionsCell}>{mayAct && <Actions campaign={campaign} />}</Cell>
    </Row>
  );
});

interface FigureProps {
  /** Before the start there is nothing to count. */
  begun: boolean;
  name: 'delivered' | 'read' | 'clicked' | 'converted';
  value: number;
  rate: number | null;
}

function Figure({ begun, name, value, rate }: FigureProps) {
  const say = useText();
  const format = useFormat();
  if (!begun)
    return (
      <Cell numeric data-empty>
        <span className="muted">–</span>
      </Cell>
    );
  return (
    <Cell numeric label={say(`campaigns.${name}`)}>
      <span className={styles.figure}>
        <span data-figure={name}>{format.count(value)}</span>{' '}
        <span className={styles.rate}>{format.percent(rate)}</span>
      </span>
    </Cell>
  );
}
