import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DeleteProductDocument } from '../generated/graphql';
import type { ProductFieldsFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';

/** Deletes a product, after it was asked. If campaigns use it, the server's sentence names them. */
export function DeleteProduct({
  product: { id, name },
  deleted,
}: {
  product: ProductFieldsFragment;
  deleted: () => void;
}) {
  const say = useText();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const remove = async () => {
    setAsking(false);
    setProblem(undefined);
    setBusy(true);
    try {
      await client.mutate({ mutation: DeleteProductDocument, variables: { id } });
      deleted();
      client.cache.evict({ id: 'ROOT_QUERY', fieldName: 'products' });
      await navigate({
        to: '/products',
        search: ({ business }) => ({ business }),
        replace: true,
        state: { notice: say('products.deleted', { name }) },
      });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <>
      {problem !== undefined && <ErrorState title={say('products.notDeleted')} error={problem} />}
      <Action color="red" busy={busy} run={() => setAsking(true)}>
        {say('products.delete')}
      </Action>
      {asking && (
        <ConfirmDialog
          title={say('products.askDelete', { name })}
          yes={say('products.deleteYes')}
          no={say('products.deleteNo')}
          danger
          confirm={() => void remove()}
          dismiss={() => setAsking(false)}
        >
          {say('products.askDeleteWords')}
        </ConfirmDialog>
      )}
    </>
  );
}
