import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PeopleSearch } from '../routes';

interface Props {
  campaignId: string;
  /** Which people; everybody if it is empty. */
  of: PeopleSearch;
  className?: string;
  children: ReactNode;
}

/** Leads from a number to the people behind it, in the list further down. */
export function PeopleLink({ campaignId, of, className, children }: Props) {
  return (
    <Link
      to="/campaigns/$campaignId"
      params={{ campaignId }}
      search={of}
      hash="recipients"
      className={className}
      // As is usual for links; every one of them would be "current".
      activeProps={{}}
      preload={false}
    >
      {children}
    </Link>
  );
}
