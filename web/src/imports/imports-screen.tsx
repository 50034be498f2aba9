import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

export function ImportsScreen() {
  const say = useText();
  return (
    <>
      <PageHeader title={say('imports.title')} />
      <EmptyState title={say('imports.notHere')}>{say('imports.today')}</EmptyState>
    </>
  );
}
