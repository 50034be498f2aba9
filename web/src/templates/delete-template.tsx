import { useApolloClient } from '@apollo/client/react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useLanguageName } from '../format/use-language-name';
import { DeleteTemplateDocument } from '../generated/graphql';
import type { TemplateCardFragment } from '../generated/graphql';
import { useText } from '../i18n/text';
import { Action } from '../ui/action';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ErrorState } from '../ui/error-state';

/** Deletes a template at WhatsApp, after it was asked. If campaigns use it, the server's sentence names them. */
export function DeleteTemplate({
  template: { id, name, language, status },
}: {
  template: Pick<TemplateCardFragment, 'id' | 'name' | 'language' | 'status'>;
}) {
  const say = useText();
  const languageName = useLanguageName();
  const client = useApolloClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const words = { name, language: languageName(language) };
  const remove = async () => {
    setAsking(false);
    setProblem(undefined);
    setBusy(true);
    try {
      await client.mutate({ mutation: DeleteTemplateDocument, variables: { id } });
      await navigate({
        to: '/templates',
        search: ({ business }) => ({ business }),
        replace: true,
        state: { notice: say('templates.deleted', words) },
      });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <>
      {problem !== undefined && <ErrorState title={say('templates.notDeleted')} error={problem} />}
      <Action
        color="red"
        busy={busy}
        reason={status === 'DISABLED' ? say('templates.disabledStays') : undefined}
        run={() => setAsking(true)}
      >
        {say('templates.delete')}
      </Action>
      {asking && (
        <ConfirmDialog
          title={say('templates.askDelete', words)}
          yes={say('templates.deleteYes')}
          no={say('templates.deleteNo')}
          danger
          confirm={() => void remove()}
          dismiss={() => setAsking(false)}
        >
          {say('templates.askDeleteWords')}
        </ConfirmDialog>
      )}
    </>
  );
}
