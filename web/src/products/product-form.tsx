import { TextInput } from '@mantine/core';
import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { fieldError } from '../api/use-error-words';
import { useBusiness } from '../frame/business';
import { CreateProductDocument, UpdateProductDocument } from '../generated/graphql';
import type { ProductFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { useFileChoice } from '../media/use-file-choice';
import { Action } from '../ui/action';
import { ErrorState } from '../ui/error-state';
import { PageHeader } from '../ui/page-header';
import { useLeaveGuard } from '../ui/use-leave-guard';
import { DeleteProduct } from './delete-product';
import { PictureField } from './picture-field';
import { fieldOf, inputOf, problemsIn, valuesOf } from './product-values';
import type { ProductErrors, ProductValues } from './product-values';
import styles from './products.module.css';

/** The fields of a product. What was typed stays, whatever becomes of saving it; errors stand beside their fields. */
export function ProductForm({ product }: { product?: ProductFieldsFragment }) {
  const say = useText();
  const client = useApolloClient();
  const navigate = useNavigate();
  const { id: businessId } = useBusiness();
  const [start] = useState(() => valuesOf(product));
  const [values, setValues] = useState(start);
  const [errors, setErrors] = useState<ProductErrors>({});
  const [problem, setProblem] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const changed = (Object.keys(values) as (keyof ProductValues)[]).some((key) => values[key] !== start[key]);
  const guard = useLeaveGuard(changed);

  // To the first field that is wrong.
  useEffect(() => {
    if (Object.values(errors).some(Boolean))
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);

  const found = (now: ProductValues): ProductErrors => {
    const words: ProductErrors = {};
    for (const [field, id] of Object.entries(problemsIn(now))) words[field as keyof ProductValues] = say(id);
    return words;
  };
  const change = (part: Partial<ProductValues>) => {
    setValues((before) => ({ ...before, ...part }));
    const touched = Object.keys(part) as (keyof ProductValues)[];
    setErrors((before) => ({
      ...before,
      ...Object.fromEntries(touched.map((field) => [field, undefined])),
    }));
  };
  const choice = useFileChoice('IMAGE', (mediaId, { name }) => change({ mediaId, fileName: name }));

  const save = async () => {
    const words = found(values);
    setErrors(words);
    setProblem(undefined);
    if (Object.keys(words).length > 0) return;
    setBusy(true);
    try {
      const input = inputOf(values);
      await (product
        ? client.mutate({ mutation: UpdateProductDocument, variables: { id: product.id, input } })
        : client.mutate({ mutation: CreateProductDocument, variables: { input: { ...input, businessId } } }));
      guard.release();
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'products' });
      await navigate({
        to: '/products',
        search: ({ business }) => ({ business }),
        state: { notice: say('products.saved', { name: input.name }) },
      });
    } catch (error) {
      const refused = fieldError(error);
      const field = refused && fieldOf(refused.field);
      if (refused && field) setErrors({ [field]: refused.message });
      else setProblem(error);
      setBusy(false);
    }
  };

  const text = (
    field: 'name' | 'price' | 'currency' | 'catalogId' | 'retailerId',
    more: { hint?: string; inputMode?: 'decimal'; maxLength?: number } = {},
  ) => (
    <TextInput
      label={say(`products.${field}`)}
      description={more.hint}
      inputMode={more.inputMode}
      maxLength={more.maxLength}
      autoComplete="off"
      value={values[field]}
      error={errors[field]}
      onChange={({ currentTarget }) => change({ [field]: currentTarget.value })}
    />
  );

  return (
    <>
      <PageHeader
        title={product ? product.name : say('products.new')}
        sentence={say(product ? 'products.editSentence' : 'products.newSentence')}
        actions={
          <>
            {product && <DeleteProduct product={product} deleted={guard.release} />}
            <Action
              variant="filled"
              busy={busy}
              reason={
                choice.sending
                  ? say('products.uploading')
                  : product && !changed
                    ? say('products.unchanged')
                    : undefined
              }
              run={() => void save()}
            >
              {say('products.save')}
            </Action>
          </>
        }
      />
      {problem !== undefined && (
        <ErrorState title={say('products.notSaved')} error={problem} retry={() => void save()} />
      )}
      <div ref={form} className={styles.form}>
        {text('name', { maxLength: 200 })}
        <div className={styles.pair}>
          {text('price', { inputMode: 'decimal' })}
          {text('currency', { maxLength: 3 })}
        </div>
        <PictureField values={values} errors={errors} change={change} choice={choice} />
        <fieldset className={styles.catalogue}>
          <legend>{say('products.catalogue')}</legend>
          <p className="muted small">{say('products.catalogueWords')}</p>
          <div className={styles.pair}>
            {text('retailerId', { maxLength: 100 })}
            {text('catalogId', { maxLength: 100 })}
          </div>
        </fieldset>
      </div>
      {guard.dialog}
    </>
  );
}
