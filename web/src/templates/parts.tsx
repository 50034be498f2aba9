import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import '@mantine/core/styles/Checkbox.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import { useText } from '../i18n/text';
import { ExampleFile } from './example-file';
import { fewestCards, headerOf, isMediaHeader, mostCards, ofHeader, rulesOf } from './new-template';
import type { NewTemplate } from './new-template';
import styles from './templates.module.css';
import { Examples, VariableText } from './variable-text';

export type TemplateChange = Partial<NewTemplate> | ((before: NewTemplate) => Partial<NewTemplate>);

export interface PartProps {
  template: NewTemplate;
  /** Takes a function where the change depends on the template: an upload can end after the template has changed. */
  change: (part: TemplateChange) => void;
  /** What is wrong with a field, if it is to be shown. */
  wrong: (field: string) => string | undefined;
  /** Somebody has been at the field. */
  touch: (field: string) => void;
  /** The address of a link that counts clicks; undefined while it is not known. */
  tracked: string | undefined;
}

/** The header: a text, media with an example, or a place. */
export function HeaderPart(props: PartProps) {
  const { template, change, wrong, touch } = props;
  const say = useText();
  const { headerText, fileName } = template;
  const header = headerOf(template);
  const { headers } = rulesOf[template.kind];
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.header')}</legend>
      <NativeSelect
        label={say('templates.headerKind')}
        value={header}
        error={header === 'NONE' || header === 'LOCATION' ? wrong('header') : undefined}
        onChange={({ currentTarget }) => {
          const chosen = headers.find((kind) => kind === currentTarget.value) ?? 'NONE';
          change((before) => ofHeader(before, chosen));
        }}
      >
        {headers.map((kind) => (
          <option key={kind} value={kind}>
            {say('templates.headerName', { kind })}
          </option>
        ))}
      </NativeSelect>
      {header === 'TEXT' && (
        <>
          <TextInput
            label={say('templates.headerText')}
            description={say('templates.most', { count: headerText.length, most: 60 })}
            autoComplete="off"
            value={headerText}
            error={wrong('header')}
            onBlur={() => touch('header')}
            onChange={({ currentTarget }) => change({ headerText: currentTarget.value })}
          />
          <Examples at="header" text={headerText} {...props} />
        </>
      )}
      {isMediaHeader(header) && (
        <ExampleFile key={header} kind={header} fileName={fileName} wrong={wrong('header')} change={change} />
      )}
      {header === 'LOCATION' && <p className="muted small">{say('templates.locationWords')}</p>}
    </fieldset>
  );
}

/** The heading of a limited-time offer, and whether it ends. */
export function OfferPart({ template: { offer, expires }, change, wrong, touch }: PartProps) {
  const say = useText();
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.offer')}</legend>
      <TextInput
        label={say('templates.offerText')}
        description={say('templates.most', { count: offer.length, most: 16 })}
        autoComplete="off"
        value={offer}
        error={wrong('offer')}
        onBlur={() => touch('offer')}
        onChange={({ currentTarget }) => change({ offer: currentTarget.value })}
      />
      <Checkbox
        label={say('templates.expires')}
        description={say('templates.expiresWords')}
        checked={expires}
        onChange={({ currentTarget }) => change({ expires: currentTarget.checked })}
      />
    </fieldset>
  );
}

/** The text, the one part that every template has. */
export function BodyPart(props: PartProps) {
  const say = useText();
  const { template, change } = props;
  const { body, kind } = template;
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.body')}</legend>
      <VariableText
        {...props}
        at="body"
        text={body}
        label={say('templates.text')}
        description={say('templates.bodyWords', { count: body.length, most: kind === 'OFFER' ? 600 : 1024 })}
        rows={6}
        set={(text) => change({ body: text })}
      />
    </fieldset>
  );
}

/** The small text below the message. */
export function FooterPart({ template: { footer }, change, wrong, touch }: PartProps) {
  const say = useText();
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.footer')}</legend>
      <TextInput
        label={say('templates.footerText')}
        description={say('templates.most', { count: footer.length, most: 60 })}
        autoComplete="off"
        value={footer}
        error={wrong('footer')}
        onBlur={() => touch('footer')}
        onChange={({ currentTarget }) => change({ footer: currentTarget.value })}
      />
    </fieldset>
  );
}

/** The one button of kinds that have no other: it opens a form, or products. */
export function OnlyButtonPart({ template, change, wrong, touch }: PartProps) {
  const say = useText();
  const { kind, label, flowId, productCards } = template;
  return (
    <fieldset className={styles.part}>
      <legend>{say('templates.onlyButton')}</legend>
      {kind === 'PRODUCT_CARDS' && (
        <NativeSelect
          label={say('templates.productCards')}
          description={say('templates.productCardsWords')}
          value={productCards}
          onChange={({ currentTarget }) => change({ productCards: Number(currentTarget.value) })}
          data={Array.from({ length: mostCards - fewestCards + 1 }, (_, i) => String(fewestCards + i))}
        />
      )}
      <TextInput
        label={say('templates.label')}
        description={say('templates.most', { count: label.length, most: 25 })}
        autoComplete="off"
        value={label}
        error={wrong('label')}
        onBlur={() => touch('label')}
        onChange={({ currentTarget }) => change({ label: currentTarget.value })}
      />
      {kind === 'FLOW' && (
        <TextInput
          label={say('templates.flowId')}
          description={say('templates.flowIdWords')}
          inputMode="numeric"
          autoComplete="off"
          value={flowId}
          error={wrong('flowId')}
          onBlur={() => touch('flowId')}
          onChange={({ currentTarget }) => change({ flowId: currentTarget.value })}
        />
      )}
    </fieldset>
  );
}
