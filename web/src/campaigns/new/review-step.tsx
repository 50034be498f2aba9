import { useQuery } from '@apollo/client/react';
import { Checkbox } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { filteredTypes, kindsOf } from '../../audience/audience-kinds';
import { AudienceSummary } from '../../audience/audience-summary';
import { fromLocal } from '../../contacts/local-time';
import { ownPhone } from '../../format/phone';
import { useFormat } from '../../format/use-format';
import { useLanguageName } from '../../format/use-language-name';
import { useBusiness } from '../../frame/business';
import { WizardProductsDocument } from '../../generated/graphql';
import type { ForecastFragment, WizardSendersQuery, WizardTemplateFragment } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { isAmount } from './amount';
import type { Draft } from './draft';
import { hasLink } from './placeholders';
import type { Blocker } from './problems';
import styles from './review.module.css';
import { SegmentWords } from './segment-words';
import { stepAddress } from './steps';
import type { Step } from './steps';
import { useEnds } from './use-ends';
import { useStarts } from './use-starts';
import type { Values } from './values';
import { labelOf } from './variables';
import type { Variable } from './variables';

interface Props {
  draft: Draft;
  campaignId: string | undefined;
  template: WizardTemplateFragment | undefined;
  variables: readonly Variable[];
  sender: WizardSendersQuery['senders'][number] | undefined;
  forecast: ForecastFragment | undefined;
  blockers: readonly Blocker[];
  /** What to know before it is sent, one sentence each. */
  warnings: readonly string[];
  /** The warnings that are ticked. */
  seen: ReadonlySet<string>;
  setSeen: (seen: ReadonlySet<string>) => void;
}

/** Everything once more before it is sent: what still prevents it, what to know, who, what and when. */
export function ReviewStep(props: Props) {
  const say = useText();
  const format = useFormat();
  const { draft, campaignId, template, variables, sender, forecast, blockers, warnings, seen, setSeen } =
    props;
  const languageName = useLanguageName();
  const ends = useEnds(forecast, draft.when);
  const starts = useStarts(draft.when);
  const filtered = filteredTypes.some((type) => type === draft.audienceType);
  const { id: businessId, timezone } = useBusiness();
  const shown: readonly ShownVariable[] = draft.freeForm
    ? draft.mediaKind
      ? [
          {
            key: 'media',
            kind: draft.mediaKind,
            label: say('campaigns.mediaName', { kind: draft.mediaKind }),
          },
        ]
      : []
    : variables.map((variable) => ({ ...variable, label: labelOf(say, variable) }));
  const values = draft.freeForm ? draft.media : draft.values;
  const ofProduct = shown.some(({ key, kind }) => productsOf(values, key, kind).length > 0);
  const { data } = useQuery(WizardProductsDocument, { variables: { businessId }, skip: !ofProduct });
  const given = shown
    .map((variable) => ({
      ...variable,
      name: nameOf(values, variable, data?.products ?? [], (local) =>
        format.dayAndZone(fromLocal(local, timezone), timezone),
      ),
    }))
    .filter(({ name }) => name !== '');
  return (
    <div className={styles.review}>
      {blockers.length > 0 && (
        <section className={styles.blockers} aria-label={say('campaigns.blockers')}>
          <h2>{say('campaigns.blockersCount', { count: blockers.length })}</h2>
          <ul>
            {blockers.map(({ step, words }) => (
              <li key={words}>
                {words} <Link to={stepAddress(step, campaignId)}>{say('campaigns.mend', { step })}</Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      {warnings.length > 0 && (
        <section className={styles.warnings} aria-label={say('campaigns.warnings')}>
          <h2>{say('campaigns.warnings')}</h2>
          {warnings.map((words) => (
            <Checkbox
              key={words}
              radius={4}
              label={words}
              checked={seen.has(words)}
              onChange={({ currentTarget: { checked } }) => {
                const next = new Set(seen);
                if (checked) next.add(words);
                else next.delete(words);
                setSeen(next);
              }}
            />
          ))}
        </section>
      )}
      <dl className={styles.facts}>
        <Fact name={say('campaigns.reviewName')} step="audience" campaignId={campaignId}>
          <p>{draft.name.trim() || '–'}</p>
          <p className="muted small">{say('campaigns.purposeName', { purpose: draft.purpose })}</p>
        </Fact>
        <Fact name={say('campaigns.reviewWho')} step="audience" campaignId={campaignId}>
          <p>{say(`audience.type.${draft.audienceType}`)}</p>
          {filtered && <AudienceSummary filter={draft.filter} kinds={kindsOf(draft.audienceType)} />}
          {draft.audienceType === 'SEGMENT' && <SegmentWords id={draft.segmentId} />}
        </Fact>
        <Fact name={say('campaigns.reviewWhat')} step="message" campaignId={campaignId}>
          {draft.freeForm ? (
            <p className={styles.text}>{draft.text.trim() || say('campaigns.noTextOnly')}</p>
          ) : (
            <p>{template ? `${template.name} · ${languageName(template.language)}` : '–'}</p>
          )}
          {given.length > 0 && (
            <ul className={styles.values}>
              {given.map(({ key, label, name }) => (
                <li key={key}>
                  <span className="muted">{label}</span> {name}
                </li>
              ))}
            </ul>
          )}
        </Fact>
        {(draft.freeForm ? hasLink(draft.text) : template?.hasTrackedLink) && (
          <Fact name={say('campaigns.link')} step="message" campaignId={campaignId}>
            <p className={styles.address}>{draft.linkUrl.trim() || '–'}</p>
          </Fact>
        )}
        {sender && (
          <Fact name={say('campaigns.from')} step="message" campaignId={campaignId}>
            <p>{ownPhone(sender.displayPhoneNumber)}</p>
          </Fact>
        )}
        <Fact name={say('campaigns.start')} step="when" campaignId={campaignId}>
          <p>{starts ?? say('campaigns.now')}</p>
          {ends !== undefined && <p className="muted small">{ends}</p>}
        </Fact>
        {forecast && forecast.recipients > 0 && (
          <Fact name={say('campaigns.cost')} step="when" campaignId={campaignId}>
            <p>{`≈ ${format.money(forecast.cost.amount, forecast.cost.currency)}`}</p>
            {isAmount(draft.maxCost) && (
              <p className="muted small">
                {say('campaigns.pausedBefore', {
                  amount: format.money(draft.maxCost.trim(), forecast.cost.currency),
                })}
              </p>
            )}
          </Fact>
        )}
      </dl>
    </div>
  );
}

type ShownVariable = Pick<Variable, 'key' | 'kind' | 'label'>;

/** The ids of the products that a value is made of. */
function productsOf(values: Values, key: string, kind: Variable['kind']): string[] {
  const at = kind === 'PRODUCT' || kind === 'PRODUCTS' ? key : `${key}.product`;
  return (values[at] ?? '').split(',').filter(Boolean);
}

/** A value as people read it: as it was typed, or the names of a file, of products or of a place, or a time. */
function nameOf(
  values: Values,
  { key, kind }: ShownVariable,
  products: readonly { id: string; name: string }[],
  timeOf: (local: string) => string,
): string {
  const ids = productsOf(values, key, kind);
  if (ids.length > 0) return ids.flatMap((of) => products.find(({ id }) => id === of)?.name ?? []).join(', ');
  const at = (name: string) => (values[`${key}.${name}`] ?? '').trim();
  const text = (values[key] ?? '').trim();
  if (kind === 'LOCATION') return [at('name'), at('address')].filter(Boolean).join(', ');
  if (kind === 'EXPIRES_AT') return text === '' ? '' : timeOf(text);
  return (at('mediaId') === '' ? '' : at('fileName')) || text;
}

interface FactProps {
  name: string;
  /** Where it is changed. */
  step: Step;
  campaignId: string | undefined;
  children: ReactNode;
}

function Fact({ name, step, campaignId, children }: FactProps) {
  const say = useText();
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <div>{children}</div>
        <Link to={stepAddress(step, campaignId)} aria-label={say('campaigns.changeOf', { name })}>
          {say('campaigns.change')}
        </Link>
      </dd>
    </div>
  );
}
