import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useText } from '../i18n/text';
import { EmptyState } from '../ui/empty-state';
import { PageHeader } from '../ui/page-header';

/** An address below the page's own that no screen has. */
export function NoScreen() {
  const say = useText();
  return (
    <>
      <PageHeader title={say('ui.notFound')} sentence={say('ui.notFoundNext')} />
      <Link to="/campaigns">{say('ui.goToCampaigns')}</Link>
    </>
  );
}

/** A screen that failed while it was drawn, or whose files could not be loaded. */
export function ScreenError() {
  const say = useText();
  return (
    <EmptyState
      title={say('ui.error.screen')}
      action={<Button onClick={() => location.reload()}>{say('ui.reload')}</Button>}
    >
      {say('ui.error.reload')}
    </EmptyState>
  );
}
