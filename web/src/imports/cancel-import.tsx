import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useErrorWords } from '../api/use-error-words';
import { CancelImportDocument, ImportDocument } from '../generated/graphql';
import type { ImportStateFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ConfirmDialog } from '../ui/confirm-dialog';

/** Ends a running import, after saying what stays. */
export function CancelImport({ import: { id, importedRows } }: { import: ImportStateFragment }) {
  const say = useText();
  const words = useErrorWords();
  const client = useApolloClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const cancel = async () => {
    setAsking(false);
    setProblem(undefined);
    setBusy(true);
    try {
      await client.mutate({ mutation: CancelImportDocument, variables: { id } });
    } catch (error) {
      setProblem(error);
      // Often it has ended meanwhile: show that.
      await client
        .query({ query: ImportDocument, variables: { id }, fetchPolicy: 'network-only' })
        .catch(() => undefined);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {problem !== undefined && <span role="alert">{words(problem)}</span>}
      <Action busy={busy} run={() => setAsking(true)}>
        {say('imports.cancel')}
      </Action>
      {asking && (
        <ConfirmDialog
          title={say('imports.askCancel')}
          yes={say('imports.cancelYes')}
          no={say('imports.goOn')}
          danger
          confirm={() => void cancel()}
          dismiss={() => setAsking(false)}
        >
          <p>{say('imports.askCancelWords', { imported: importedRows })}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
