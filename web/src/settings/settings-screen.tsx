import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { BusinessSettingsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { SettingsForm } from './settings-form';
import { SettingsList } from './settings-list';

/** What holds for the whole business: an admin changes it, everybody else reads it. */
export function SettingsScreen() {
  const say = useText();
  const { id } = useBusiness();
  const mayChange = useMay('ADMIN');
  const { data, error, refetch } = useQuery(BusinessSettingsDocument, { fetchPolicy: 'cache-and-network' });
  const business = data?.businesses.find((one) => one.id === id);
  return (
    <>
      <PageHeader
        title={say('settings.title')}
        sentence={say(mayChange ? 'settings.sentence' : 'settings.sentenceReader')}
      />
      {error && (
        <ErrorState
          title={say('settings.failed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!business && !error && <SkeletonRows rows={6} />}
      {business && (mayChange ? <SettingsForm business={business} /> : <SettingsList business={business} />)}
    </>
  );
}
