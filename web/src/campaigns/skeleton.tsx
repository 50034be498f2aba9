/** A placeholder in the shape of the table while the campaigns load. */
export function Skeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading campaigns">
      {[0, 1, 2, 3, 4].map((row) => (
        <div key={row} className="skeleton-row" aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
