import { createContext, use } from 'react';
import type { BusinessesQuery } from '../generated/graphql';

export type Business = BusinessesQuery['businesses'][number];

const Context = createContext<Business | undefined>(undefined);

export const BusinessProvider = Context;

/** The business that the person looks at: every screen is about it. Times are shown in its `timezone`. */
export function useBusiness(): Business {
  const business = use(Context);
  if (!business) throw new Error('No business is chosen here');
  return business;
}
