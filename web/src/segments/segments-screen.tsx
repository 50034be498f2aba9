import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

export function SegmentsScreen() {
  const say = useText();
  return (
    <>
      <PageHeader title={say('segments.title')} />
      <EmptyState title={say('segments.notHere')}>{say('segments.today')}</EmptyState>
    </>
  );
}
