import { Link, useParams } from '@tanstack/react-router';
import { NoScreen } from '../../frame/problems';
import { useText } from '../../i18n/text';
import { useMay } from '../../sign-in/signed-in';
import { EmptyState } from '../../ui/empty-state';
import { PageHeader } from '../../ui/page-header';
import { stepOf } from './steps';
import { Wizard } from './wizard';

/** A new campaign, or a draft that is changed, at one of its steps. */
export function WizardScreen() {
  const say = useText();
  const mayChange = useMay('MARKETER');
  const { step: name, campaignId } = useParams({ strict: false });
  const step = stepOf(name);
  if (!step) return <NoScreen />;
  if (!mayChange)
    return (
      <>
        <PageHeader title={say(`campaigns.step.${step}`)} />
        <EmptyState
          title={say('campaigns.mayNot')}
          action={<Link to="/campaigns">{say('ui.goToCampaigns')}</Link>}
        >
          {say('campaigns.mayNotNext')}
        </EmptyState>
      </>
    );
  return <Wizard step={step} campaignId={campaignId} />;
}
