import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { inWords } from '../api/error-words';
import { go, useAddress } from '../frame/address';
import { Footer } from '../frame/footer';
import { Header } from '../frame/header';
import { BusinessesDocument } from '../generated/graphql';
import { ConnectionBanner } from '../live/connection-banner';
import type { Socket } from '../live/socket';
import type { Claims } from '../sign-in/token';
import { BusinessPicker } from './business-picker';
import { CampaignList } from './campaign-list';
import { EmptyNote, ErrorNote } from './notes';
import { Skeleton } from './skeleton';
import './campaigns.css';
import './campaigns-narrow.css';

/** The businesses of the token, and the campaigns of the chosen one. */
export function CampaignsPage({ claims, socket }: { claims: Claims; socket: Socket }) {
  const { data, error, refetch } = useQuery(BusinessesDocument);
  const address = useAddress();
  const businesses = data?.businesses ?? [];
  const asked = address.get('business');
  const business = businesses.find(({ id }) => id === asked) ?? businesses[0];
  const page = Math.max(1, Number.parseInt(address.get('page') ?? '1', 10) || 1);

  useEffect(() => {
    document.title = business ? `Campaigns of ${business.name} · Dakiya` : 'Campaigns · Dakiya';
  }, [business]);

  return (
    <div className="page">
      <Header claims={claims}>
        {business && (
          <BusinessPicker
            businesses={businesses}
            chosen={business}
            choose={(id) => go({ business: id, page: undefined })}
          />
        )}
      </Header>
      <ConnectionBanner socket={socket} />
      <main className="content">
        {business ? (
          <CampaignList key={business.id} business={business} page={page} role={claims.role} />
        ) : error ? (
          <ErrorNote
            what="The businesses could not be loaded."
            words={inWords(error)}
            retry={() => void refetch()}
          />
        ) : data ? (
          <EmptyNote title="No business">
            <p>
              Your sign-in link is for no existing business. Ask the person who gave it to you for a new one.
            </p>
          </EmptyNote>
        ) : (
          <Skeleton />
        )}
      </main>
      <Footer />
    </div>
  );
}
