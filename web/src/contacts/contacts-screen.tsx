import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

export function ContactsScreen() {
  const say = useText();
  return (
    <>
      <PageHeader title={say('contacts.title')} />
      <EmptyState title={say('contacts.notHere')}>{say('contacts.today')}</EmptyState>
    </>
  );
}
