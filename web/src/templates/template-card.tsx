import { Link } from '@tanstack/react-router';
import { useLanguageName } from '../format/use-language-name';
import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { StateChip } from '../ui/state-chip';
import { TemplateBubble } from './template-bubble';
import styles from './templates.module.css';
import { toneOf, useRejection } from './words';

/** A template with its languages, side by side. */
export function TemplateGroup({
  name,
  templates,
}: {
  name: string;
  templates: readonly TemplateCardFragment[];
}) {
  const say = useText();
  return (
    <section className={styles.group} data-languages={Math.min(templates.length, 3)} aria-label={name}>
      <h2 className={styles.groupName} data-content>
        {name}
      </h2>
      {templates.length > 1 && (
        <p className="muted small">{say('templates.languages', { count: templates.length })}</p>
      )}
      <div className={styles.languages}>
        {templates.map((template) => (
          <TemplateCard key={template.id} template={template} />
        ))}
      </div>
    </section>
  );
}

function TemplateCard({ template }: { template: TemplateCardFragment }) {
  const say = useText();
  const languageName = useLanguageName();
  const rejection = useRejection();
  const { id, name, language, category, status, quality, sendable, notSendable, rejectedReason } = template;
  const why = status === 'REJECTED' ? rejection(rejectedReason) : undefined;
  return (
    <article className={styles.card}>
      <header className={styles.cardHead}>
        <h3>
          <Link to="/templates/$templateId" params={{ templateId: id }} className={styles.cardLink}>
            {languageName(language)}
            <span className="visually-hidden">: {name}</span>
          </Link>
        </h3>
        <StateChip tone={toneOf(template)} status={status}>
          {say('templates.statusName', { status })}
        </StateChip>
      </header>
      <p className="muted small">
        {say('templates.categoryName', { category })}
        {quality !== null && quality !== 'UNKNOWN' && ` · ${say('templates.qualityOf', { quality })}`}
      </p>
      {!sendable && (
        <p className={styles.why} data-status={status}>
          {status === 'APPROVED' ? (
            <span lang="en">{notSendable}</span>
          ) : (
            (why ?? say('templates.cannotSend', { status }))
          )}
        </p>
      )}
      <TemplateBubble components={template.components} language={language} />
    </article>
  );
}
