import { Button } from '@mantine/core';
import { useCountryName } from '../../format/use-country-name';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import type { ForecastFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import styles from './forecast.module.css';
import type { Forecasted } from './use-forecast';

/** Cost, end, and what is left of WhatsApp's limit, under the people. */
export function Forecast({ forecasted }: { forecasted: Forecasted }) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const { forecast, asking, failed, askAgain } = forecasted;
  if (failed && !asking)
    return (
      <div className={styles.failed} role="alert">
        <p>{say('campaigns.forecastFailed')}</p>
        <Button onClick={askAgain}>{say('ui.tryAgain')}</Button>
      </div>
    );
  if (!forecast || forecast.recipients === 0) return null;
  const { cost, finishesAt, messagingLimit } = forecast;
  return (
    <section className={styles.forecast} aria-label={say('campaigns.forecast')} aria-busy={asking}>
      <dl className={styles.lines}>
        <div>
          <dt>{say('campaigns.cost')}</dt>
          <dd data-forecast="cost">{`≈ ${format.money(cost.amount, cost.currency)}`}</dd>
        </div>
        {finishesAt !== null && (
          <div>
            <dt>{say('campaigns.done')}</dt>
            <dd data-forecast="done">{`≈ ${format.dayAndZone(finishesAt, timezone)}`}</dd>
          </div>
        )}
        {messagingLimit.remaining !== null && (
          <div>
            <dt>{say('campaigns.limitLeft')}</dt>
            <dd data-forecast="limit">{format.count(messagingLimit.remaining)}</dd>
          </div>
        )}
      </dl>
      {messagingLimit.exceededBy > 0 && (
        <p className={styles.over}>{say('campaigns.overLimitBy', { count: messagingLimit.exceededBy })}</p>
      )}
      <PerCountry cost={cost} />
    </section>
  );
}

/** The parts of the cost, on demand. */
function PerCountry({ cost: { perCountry, currency, rateCardDate } }: Pick<ForecastFragment, 'cost'>) {
  const say = useText();
  const format = useFormat();
  const countryName = useCountryName();
  if (perCountry.length === 0) return null;
  return (
    <details className={styles.countries}>
      <summary>{say('campaigns.perCountry')}</summary>
      <dl className={styles.lines}>
        {perCountry.map(({ country, recipients, unitPrice, amount }) => (
          <div key={country}>
            <dt>
              {country === 'ZZ' ? say('campaigns.noCountry') : countryName(country)}
              <span className="muted small">
                {say('campaigns.atPrice', {
                  count: recipients,
                  price: format.unitPrice(unitPrice, currency),
                })}
              </span>
            </dt>
            <dd>{format.money(amount, currency)}</dd>
          </div>
        ))}
      </dl>
      <p className="muted small">{say('campaigns.rateCard', { date: rateCardDate })}</p>
    </details>
  );
}
