interface Versioned {
  id: string;
  version: number;
}

/**
 * A list that the server read before an event can arrive after the event. This class remembers the newest figures of each
 * campaign and replaces older ones with them, so that numbers never jump backwards. It changes answers before they reach
 * the cache, and needs every document to request the same fields (`Figures`).
 */
export class NewestFigures {
  private readonly newest = new Map<string, Versioned>();

  /** The same answer; figures that are older than ones already seen are replaced by those. */
  keep<T>(answer: T): T {
    return this.visit(answer) as T;
  }

  private visit(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.visit(item));
    if (typeof value !== 'object' || value === null) return value;
    if (isFigures(value)) return this.newer(value);
    return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, this.visit(child)]));
  }

  private newer(figures: Versioned): Versioned {
    const seen = this.newest.get(figures.id);
    if (seen && seen.version > figures.version) return seen;
    this.newest.set(figures.id, figures);
    return figures;
  }
}

function isFigures(value: object): value is Versioned {
  return '__typename' in value && value.__typename === 'CampaignStats' && 'id' in value && 'version' in value;
}
