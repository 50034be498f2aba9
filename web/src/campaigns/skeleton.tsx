/** The table's shape while it loads. */
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
