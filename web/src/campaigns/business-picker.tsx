import type { BusinessesQuery } from '../generated/graphql';

export type Business = BusinessesQuery['businesses'][number];

interface Props {
  businesses: Business[];
  chosen: Business;
  choose: (id: string) => void;
}

/** Chooses a business. With only one business it shows just the name. */
export function BusinessPicker({ businesses, chosen, choose }: Props) {
  if (businesses.length === 1) return <span className="business">{chosen.name}</span>;
  return (
    <select
      className="business"
      aria-label="Business"
      value={chosen.id}
      onChange={(event) => choose(event.target.value)}
    >
      {businesses.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
