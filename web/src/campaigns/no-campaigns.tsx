import { useQuery } from '@apollo/client/react';
import { useBusiness } from '../frame/business';
import { AnyContactsDocument } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { EmptyState } from '../ui/empty-state';
import { LinkButton } from '../ui/link-button';
import { stepAddress } from './new/steps';

/** Before the first campaign: it begins with contacts, or, where there are some, with the campaign. */
export function NoCampaigns() {
  const say = useText();
  const { id: businessId } = useBusiness();
  const mayCreate = useMay('MARKETER');
  const { data } = useQuery(AnyContactsDocument, { variables: { businessId } });
  const some = data && data.leads.nodes.length + data.customers.nodes.length > 0;
  return (
    <EmptyState
      title={say('campaigns.none')}
      action={
        mayCreate &&
        data &&
        (some ? (
          <LinkButton to={stepAddress('audience', undefined)}>{say('campaigns.new')}</LinkButton>
        ) : (
          <LinkButton to="/imports/new">{say('campaigns.noneStep')}</LinkButton>
        ))
      }
    >
      {some ? say('campaigns.noneWithContacts') : say('campaigns.noneNext')}
    </EmptyState>
  );
}
