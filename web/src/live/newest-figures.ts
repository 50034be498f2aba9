interface Versioned {
  id: string;
  version: number;
}

/**
 * Answers overtake each other: a list that was read before an event can arrive after it. This remembers the newest
 * figures of each campaign and puts them in the place of older ones, so that numbers never jump backwards. It works
 * on answers before the cache sees them, and relies on every document asking for the same fields (`Figures`).
 */
export class NewestFigures {
  private readonly newest = new Map<string, Versioned>();

  /** The same answer, with no figures in it older than those already seen. */
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
