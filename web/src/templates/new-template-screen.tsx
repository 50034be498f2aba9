import { NativeSelect, TextInput } from '@mantine/core';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { fieldError } from '../api/use-error-words';
import { ownPhone } from '../format/phone';
import { useLanguageName } from '../format/use-language-name';
import { useBusiness } from '../frame/business';
import { CreateTemplateDocument, TemplateSendersDocument } from '../generated/graphql';
import type { CreateTemplateInput } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useMay } from '../sign-in/signed-in';
import { Action } from '../ui/action';
import { EmptyState } from '../ui/empty-state';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { useLeaveGuard } from '../ui/use-leave-guard';
import { ButtonsPart } from './buttons-part';
import { CardsPart } from './cards-part';
import { languages } from './languages';
import { componentsOf, fieldAt, shownValues } from './new-components';
import { emptyTemplate, formatOf, ofKind, rulesOf, templateKinds } from './new-template';
import type { NewTemplate } from './new-template';
import { BodyPart, FooterPart, HeaderPart, OfferPart, OnlyButtonPart } from './parts';
import type { TemplateChange } from './parts';
import { TemplateBubble } from './template-bubble';
import styles from './templates.module.css';
import { useCheck } from './use-check';

/** A new template: WhatsApp's rules are checked while one types, and the message is shown beside. */
export function NewTemplateScreen() {
  const say = useText();
  if (useMay('ADMIN')) return <NewTemplateForm />;
  return (
    <>
      <PageHeader title={say('templates.new')} />
      <EmptyState
        title={say('templates.mayNot')}
        action={<Link to="/templates">{say('templates.back')}</Link>}
      >
        {say('templates.mayNotNext')}
      </EmptyState>
    </>
  );
}

function NewTemplateForm() {
  const say = useText();
  const languageName = useLanguageName();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const senders = useQuery(TemplateSendersDocument, { variables: { businessId } });
  // one number of each WhatsApp account
  const accounts = [
    ...new Map((senders.data?.senders ?? []).map((sender) => [sender.wabaId, sender])).values(),
  ];
  const [template, setTemplate] = useState(emptyTemplate);
  const [senderId, setSenderId] = useState<string>();
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const form = useRef<HTMLDivElement>(null);
  const guard = useLeaveGuard(template !== emptyTemplate);

  const input: CreateTemplateInput = {
    businessId,
    ...(accounts.length > 1 && { senderId: senderId ?? accounts[0]?.id }),
    name: template.name,
    language: template.language,
    category: template.category,
    parameterFormat: formatOf(template),
    components: componentsOf(template),
  };
  const { problems, isStale, error, checkAgain } = useCheck(template, input);
  const refused = fieldError(problem);
  const refusedAt = refused && fieldAt(template, refused.field);
  const wrong = (field: string) =>
    tried || touched.has(field)
      ? (problems.get(field) ?? (field === refusedAt ? refused?.message.replace(/^[^:]*: /, '') : undefined))
      : undefined;
  const change = (part: TemplateChange) => {
    setProblem(undefined);
    setTemplate((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }));
  };
  const touch = (field: string) => setTouched((before) => new Set([...before, field]));

  const focusFirstWrong = () =>
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());

  const handIn = async () => {
    setTried(true);
    setProblem(undefined);
    if (problems.size > 0 && !isStale) {
      focusFirstWrong();
      return;
    }
    setBusy(true);
    try {
      const { data } = await client.mutate({ mutation: CreateTemplateDocument, variables: { input } });
      if (!data) return;
      guard.release();
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'templates' });
      await navigate({
        to: '/templates/$templateId',
        params: { templateId: data.createTemplate.id },
        replace: true,
        state: { notice: say('templates.handedIn', { name: template.name }) },
      });
    } catch (failure) {
      setProblem(failure);
      setBusy(false);
      focusFirstWrong();
    }
  };

  const parts = { template, change, wrong, touch, tracked: senders.data?.templateLibrary.trackedUrl };
  const count = problems.size;
  const { kind } = template;
  const rules = rulesOf[kind];
  return (
    <>
      <PageHeader
        title={say('templates.new')}
        sentence={say('templates.newSentence')}
        actions={
          <Action variant="filled" busy={busy} run={() => void handIn()}>
            {say('templates.handIn')}
          </Action>
        }
      />
      {problem !== undefined && refusedAt === undefined && (
        <ErrorState title={say('templates.notHandedIn')} error={problem} retry={() => void handIn()} />
      )}
      {error && <ErrorState title={say('templates.notChecked')} error={error} retry={checkAgain} />}
      {senders.error && (
        <ErrorState
          title={say('phoneNumbers.failed')}
          error={senders.error}
          retry={() => void senders.refetch().catch(() => undefined)}
        />
      )}
      {tried && count > 0 && (
        <p className={styles.problems} role="alert">
          {say('templates.problems', { count })} {problems.get('other')}
        </p>
      )}
      <div className={styles.new}>
        <div ref={form} className={styles.form}>
          <NativeSelect
            label={say('templates.layout')}
            description={say('templates.layoutWords', { kind })}
            value={kind}
            onChange={({ currentTarget }) => {
              const chosen = templateKinds.find((one) => one === currentTarget.value) ?? kind;
              change((before) => ofKind(before, chosen));
            }}
          >
            {templateKinds.map((one) => (
              <option key={one} value={one}>
                {say('templates.layoutName', { kind: one })}
              </option>
            ))}
          </NativeSelect>
          <div className={styles.pair}>
            <TextInput
              label={say('templates.name')}
              description={say('templates.nameWords')}
              maxLength={512}
              autoComplete="off"
              value={template.name}
              error={wrong('name')}
              onBlur={() => touch('name')}
              onChange={({ currentTarget }) => change({ name: nameOf(currentTarget.value) })}
            />
            <NativeSelect
              label={say('templates.language')}
              description={say('templates.languageWords')}
              value={template.language}
              error={wrong('language')}
              onChange={({ currentTarget }) => change({ language: currentTarget.value })}
            >
              {languages.map((code) => (
                <option key={code} value={code}>
                  {languageName(code)}
                </option>
              ))}
            </NativeSelect>
          </div>
          <div className={styles.pair}>
            <NativeSelect
              label={say('templates.category')}
              description={say('templates.categoryWords', { category: template.category })}
              value={template.category}
              error={wrong('category')}
              onChange={({ currentTarget }) =>
                change({ category: currentTarget.value === 'UTILITY' ? 'UTILITY' : 'MARKETING' })
              }
            >
              {['MARKETING', 'UTILITY'].map((category) => (
                <option key={category} value={category}>
                  {say('templates.categoryName', { category })}
                </option>
              ))}
            </NativeSelect>
            {accounts.length > 1 && (
              <NativeSelect
                label={say('templates.account')}
                description={say('templates.accountWords')}
                value={input.senderId ?? ''}
                onChange={({ currentTarget }) => setSenderId(currentTarget.value)}
              >
                {accounts.map(({ id, displayPhoneNumber }) => (
                  <option key={id} value={id}>
                    {ownPhone(displayPhoneNumber)}
                  </option>
                ))}
              </NativeSelect>
            )}
          </div>
          {rules.headers.length > 0 && <HeaderPart {...parts} />}
          {kind === 'OFFER' && <OfferPart {...parts} />}
          <BodyPart {...parts} />
          {rules.hasFooter && <FooterPart {...parts} />}
          {(kind === 'MESSAGE' || kind === 'OFFER') && <ButtonsPart {...parts} />}
          {kind === 'CARDS' && <CardsPart {...parts} />}
          {rules.only && <OnlyButtonPart {...parts} />}
        </div>
        <section className={styles.preview} aria-label={say('templates.preview')}>
          <TemplateBubble
            components={componentsOf(shown(template))}
            language={template.language}
            examples={shownValues(template)}
          />
          <p className={styles.next}>{say('templates.next')}</p>
        </section>
      </div>
      {guard.dialog}
    </>
  );
}

/** Buttons without a text yet are there, too. */
function shown(template: NewTemplate): NewTemplate {
  const named = <T extends { kind: string; text: string }>(buttons: readonly T[]) =>
    buttons.map((one) => ({ ...one, text: one.text || (one.kind === 'COPY_CODE' ? '' : '…') }));
  return {
    ...template,
    offer: template.offer || '…',
    label: template.label || '…',
    buttons: named(template.buttons),
    cards: template.cards.map((card) => ({ ...card, buttons: named(card.buttons) })),
  };
}

/** As WhatsApp wants names: what is typed as "Diwali Sale" becomes diwali_sale. */
function nameOf(typed: string): string {
  return typed
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
    .replace(/[^a-z0-9_]/g, '');
}
