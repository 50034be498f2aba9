import { useQuery } from '@apollo/client/react';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { labelOf } from '../campaigns/new/variables';
import { Notice } from '../contacts/notice';
import { useLanguageName } from '../format/use-language-name';
import { useBusiness } from '../frame/business';
import { TemplateDocument, TemplatesDocument } from '../generated/graphql';
import type { TemplateQuery } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { DataTable } from '../ui/data-table';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { SkeletonRows } from '../ui/skeleton-rows';
import { StateChip } from '../ui/state-chip';
import { DeleteTemplate } from './delete-template';
import { OptOutButtons } from './opt-out-buttons';
import { TemplateBubble } from './template-bubble';
import { TemplateCampaigns } from './template-campaigns';
import styles from './templates.module.css';
import { reviewMs, toneOf, useRejection } from './words';

type Template = TemplateQuery['template'];

/** One template in one language. While WhatsApp reviews it, its answer appears by itself. */
export function TemplateScreen() {
  const say = useText();
  const languageName = useLanguageName();
  const { templateId = '' } = useParams({ strict: false });
  const mayChange = useMay('ADMIN');
  const [isPending, setPending] = useState(false);
  const { data, error, refetch } = useQuery(TemplateDocument, {
    variables: { id: templateId },
    fetchPolicy: 'cache-and-network',
    pollInterval: isPending ? reviewMs : 0,
  });
  const template = data?.template;
  const pending = template?.status === 'PENDING';
  if (pending !== isPending) setPending(pending);
  if (!template)
    return (
      <>
        <PageHeader title={say('templates.one')} />
        {error ? (
          <>
            <ErrorState
              title={say('templates.oneFailed')}
              error={error}
              retry={() => void refetch().catch(() => undefined)}
            />
            <Link to="/templates">{say('templates.back')}</Link>
          </>
        ) : (
          <SkeletonRows />
        )}
      </>
    );
  const { id, name, language, status } = template;
  return (
    <>
      <PageHeader
        title={name}
        sentence={say('templates.oneSentence', { language: languageName(language) })}
        actions={mayChange && status !== 'DELETED' && <DeleteTemplate template={template} />}
      />
      <Notice />
      {error && (
        <ErrorState
          title={say('templates.oneFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      <div className={styles.one}>
        <div className={styles.column}>
          <State template={template} />
          <Siblings template={template} />
          <Variables template={template} />
          <OptOutButtons key={id} template={template} mayChange={mayChange} />
          <TemplateCampaigns templateId={id} />
        </div>
        <section className={styles.preview} aria-label={say('templates.preview')}>
          <TemplateBubble
            components={template.components}
            language={language}
            examples={examplesOf(template.variables)}
          />
          <p className="muted small">{say('templates.previewWords')}</p>
        </section>
      </div>
    </>
  );
}

/** The examples of texts, by key. */
function examplesOf(variables: Template['variables']): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap(({ key, kind, example }) =>
      kind === 'TEXT' && example !== null ? [[key, example]] : [],
    ),
  );
}

/** The state in words, and what to do. */
function State({ template }: { template: Template }) {
  const say = useText();
  const rejection = useRejection();
  const { status, category, quality, sendable, notSendable, rejectedReason } = template;
  const why = status === 'REJECTED' ? rejection(rejectedReason) : undefined;
  return (
    <section className={styles.state} aria-label={say('templates.status')} role="status">
      <StateChip tone={toneOf(template)} status={status}>
        {say('templates.statusName', { status })}
      </StateChip>
      <p>
        {status === 'APPROVED' && !sendable ? (
          <span lang="en">{notSendable}</span>
        ) : (
          <>
            {why} {say('templates.statusWords', { status })}
          </>
        )}
      </p>
      <dl className={styles.facts}>
        <div>
          <dt>{say('templates.category')}</dt>
          <dd>{say('templates.categoryName', { category })}</dd>
        </div>
        <div>
          <dt>{say('templates.quality')}</dt>
          <dd>{say('templates.qualityName', { quality: quality ?? 'UNKNOWN' })}</dd>
        </div>
      </dl>
    </section>
  );
}

/** The other languages of the name. */
function Siblings({ template: { id, name } }: { template: Template }) {
  const say = useText();
  const languageName = useLanguageName();
  const { id: businessId } = useBusiness();
  const { data } = useQuery(TemplatesDocument, { variables: { businessId } });
  const others = (data?.templates ?? []).filter(
    (one) => one.name === name && one.id !== id && one.status !== 'DELETED',
  );
  if (others.length === 0) return null;
  return (
    <nav className={styles.siblings} aria-label={say('templates.otherLanguages')}>
      <span className="muted">{say('templates.otherLanguages')}</span>
      {others.map((one) => (
        <Link key={one.id} to="/templates/$templateId" params={{ templateId: one.id }}>
          {languageName(one.language)}
        </Link>
      ))}
    </nav>
  );
}

/** What a campaign fills in. */
function Variables({ template: { variables, hasTrackedLink } }: { template: Template }) {
  const say = useText();
  return (
    <section className={styles.section} aria-labelledby="variables">
      <h2 id="variables">{say('templates.variables')}</h2>
      {hasTrackedLink && <p>{say('templates.tracked')}</p>}
      {variables.length === 0 ? (
        <p className="muted">{say('templates.noVariables')}</p>
      ) : (
        <DataTable
          caption={say('templates.variables')}
          rows={variables}
          rowKey={({ key }) => key}
          columns={[
            {
              key: 'label',
              header: say('templates.variable'),
              cell: (variable) => <span data-content>{labelOf(say, variable)}</span>,
            },
            {
              key: 'kind',
              header: say('templates.kind'),
              cell: ({ kind }) => say('templates.kindName', { kind }),
            },
            {
              key: 'example',
              header: say('templates.example'),
              cell: ({ example, kind }) => (
                <span data-content>
                  {example === null || (kind !== 'TEXT' && example.startsWith('http')) ? '–' : example}
                </span>
              ),
            },
          ]}
        />
      )}
    </section>
  );
}
