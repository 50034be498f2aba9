import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { inWords } from '../api/error-words';
import { count } from '../format/numbers';
import { go } from '../frame/address';
import { CampaignsDocument } from '../generated/graphql';
import type { Role } from '../sign-in/token';
import type { Business } from './business-picker';
import { CampaignTable } from './campaign-table';
import { EmptyNote, ErrorNote } from './notes';
import { Pagination } from './pagination';
import { Legend } from './progress';
import { Skeleton } from './skeleton';

const pageSize = 20;
/** Figures arrive over the socket; reading the list again finds campaigns that were created meanwhile. */
const lookForNewMs = 30_000;

export function CampaignList({ business, page, role }: { business: Business; page: number; role: Role }) {
  const { data, previousData, error, loading, refetch } = useQuery(CampaignsDocument, {
    variables: { businessId: business.id, page, limit: pageSize },
    fetchPolicy: 'cache-and-network',
    pollInterval: lookForNewMs,
    skipPollAttempt: () => document.hidden,
  });
  const shown = (data ?? previousData)?.campaigns;

  useEffect(() => {
    const onReturn = () => {
      if (!document.hidden) refetch().catch(() => undefined); // shown by `error`
    };
    document.addEventListener('visibilitychange', onReturn);
    return () => document.removeEventListener('visibilitychange', onReturn);
  }, [refetch]);

  const retry = () => void refetch().catch(() => undefined);
  const failed = error && (
    <ErrorNote what="The campaigns could not be loaded." words={inWords(error)} retry={retry} />
  );
  return (
    <>
      <div className="title-row">
        <h1>Campaigns</h1>
        {shown && shown.total > 0 && <span className="title-count">{count(shown.total)}</span>}
        {shown && shown.total > 0 && <Legend />}
      </div>
      {failed}
      {!shown && !failed && <Skeleton />}
      {shown && shown.campaigns.length > 0 && (
        <>
          <CampaignTable
            campaigns={shown.campaigns}
            timeZone={business.timezone}
            role={role}
            busy={loading && !data}
          />
          <Pagination page={page} pageSize={pageSize} total={shown.total} />
        </>
      )}
      {shown?.campaigns.length === 0 && shown.total > 0 && (
        <EmptyNote title={`There is no page ${count(page)}`}>
          <button type="button" className="button" onClick={() => go({ page: undefined })}>
            Go to the first page
          </button>
        </EmptyNote>
      )}
      {shown?.total === 0 && (
        <EmptyNote title="No campaigns yet">
          <p>
            Create the first one with <code>createCampaign</code> in the <a href="/playground">playground</a>.
            It then appears here as a draft that you can send.
          </p>
        </EmptyNote>
      )}
    </>
  );
}
