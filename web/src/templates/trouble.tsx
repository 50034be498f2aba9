import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { useLanguageName } from '../format/use-language-name';
import { useBusiness } from '../frame/business';
import { PausedCampaignsDocument } from '../generated/graphql';
import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import styles from './templates.module.css';
import { isInTrouble, useRejection } from './words';

const most = 5;

/** The templates that WhatsApp stopped, or is about to, and the campaigns that wait for them. */
export function Trouble({ templates }: { templates: readonly TemplateCardFragment[] }) {
  const say = useText();
  const languageName = useLanguageName();
  const rejection = useRejection();
  const { id: businessId } = useBusiness();
  const inTrouble = templates.filter(isInTrouble);
  const { data } = useQuery(PausedCampaignsDocument, {
    variables: { businessId },
    skip: inTrouble.length === 0,
    fetchPolicy: 'cache-and-network',
  });
  if (inTrouble.length === 0) return null;
  const waiting = data?.campaigns.campaigns ?? [];
  const shown = inTrouble.slice(0, most);
  return (
    <section className={styles.trouble} aria-labelledby="trouble">
      <h2 id="trouble">{say('templates.trouble', { count: inTrouble.length })}</h2>
      <ul>
        {shown.map(({ id, name, language, status, rejectedReason }) => {
          const campaigns = waiting.filter(({ templateId }) => templateId === id);
          return (
            <li key={id}>
              <Link to="/templates/$templateId" params={{ templateId: id }}>
                <span data-content>{name}</span> · {languageName(language)}
              </Link>{' '}
              {(status === 'REJECTED' ? rejection(rejectedReason) : undefined) ??
                say('templates.troubleWords', { status })}{' '}
              {campaigns.map((campaign) => (
                <strong key={campaign.id} data-content>
                  {say('templates.waits', { name: campaign.campaignName })}{' '}
                </strong>
              ))}
            </li>
          );
        })}
      </ul>
      {inTrouble.length > most && (
        <p className="muted">{say('templates.troubleMore', { count: inTrouble.length - most })}</p>
      )}
    </section>
  );
}
