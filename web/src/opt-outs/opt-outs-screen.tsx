import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

export function OptOutsScreen() {
  const say = useText();
  return (
    <>
      <PageHeader title={say('optOuts.title')} />
      <EmptyState title={say('optOuts.notHere')}>{say('optOuts.today')}</EmptyState>
    </>
  );
}
