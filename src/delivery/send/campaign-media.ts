import type { DataSource } from 'typeorm';
import type { MediaFetcher } from '../../catalog/media/fetch-media';
import { unfitMedia } from '../../catalog/media/media-type';
import { storeMedia } from '../../catalog/media/media-store';
import type { MediaUploads, UploadingSender } from '../../catalog/media/uploads';
import type { MediaSource } from '../../catalog/media/source';
import { rows } from '../../infra/database';
import type { Log } from '../../infra/log';

/** What of a campaign its media depends on. */
export interface CampaignWithMedia extends UploadingSender {
  id: string;
  businessId: string;
  sources: readonly MediaSource[];
  /** By address: the media that was fetched from it, or null if it goes by link. */
  fetched: Readonly<Record<string, string | null>>;
}

/** The ids at WhatsApp of a campaign's media. */
export interface PreparedMedia {
  /** By the id here, or by the address; what is not in it goes by link. */
  ids: ReadonlyMap<string, string>;
  /** WhatsApp did not know one of the ids: who waits for being posted with them is not posted. */
  isStale: boolean;
}

export type MediaState =
  | { kind: 'ready'; media: PreparedMedia }
  | { kind: 'waiting'; ms: number }
  | { kind: 'refused'; reason: string };

/** Of a campaign without media. */
export const noMedia: PreparedMedia = { ids: new Map(), isStale: false };
/** Looked at again after this while files are fetched and uploaded. */
const lookAgainMs = 100;
const troubleMs = 2000;
/** Prepared media is read again from the database after this: the ids may have been used up. */
const freshMs = 3_600_000;
/** WhatsApp may forget ids. One that it forgets again and again is refused as any other wrong value. */
const mostRenewals = 3;
const renewalsInMs = 600_000;
const mostCampaigns = 1000;

/**
 * The media of campaigns that are being sent. Before the first message it is fetched, if it was given by its address, and
 * uploaded to WhatsApp, beside the jobs: no job waits for it.
 *
 * States of a campaign: unknown → being prepared → ready, or refused, which is told once. Ready becomes unknown again when
 * an id is not known at WhatsApp any more, and after an hour.
 */
export class CampaignMedia {
  private readonly running = new Map<string, Promise<void>>();
  private readonly states = new Map<string, MediaState & { until: number }>();
  private readonly renewals = new Map<string, number[]>();

  constructor(
    private readonly database: DataSource,
    private readonly fetcher: MediaFetcher,
    private readonly uploads: MediaUploads,
    private readonly log: Log,
  ) {}

  /** What can be sent now. Begins the work if nobody does it. */
  state(campaign: CampaignWithMedia): MediaState {
    if (campaign.sources.length === 0) return { kind: 'ready', media: noMedia };
    const { id } = campaign;
    if (this.running.has(id)) return { kind: 'waiting', ms: lookAgainMs };
    const known = this.states.get(id);
    if (known?.kind === 'refused') this.states.delete(id);
    if (known && known.until > performance.now()) return known;
    this.run(id, async () => this.remember(id, await this.prepare(campaign)));
    return { kind: 'waiting', ms: lookAgainMs };
  }

  /**
   * WhatsApp did not know an id of a campaign's media: it is uploaded again before the next message.
   * @returns false if that was done several times lately
   */
  renew({ id, senderId }: { id: string; senderId: string }, media: PreparedMedia): boolean {
    if (media.isStale) return true;
    const now = performance.now();
    const lately = (this.renewals.get(id) ?? []).filter((at) => now - at < renewalsInMs);
    if (lately.length >= mostRenewals) return false;
    media.isStale = true;
    limit(this.renewals).set(id, [...lately, now]);
    this.states.delete(id);
    this.log.info({ campaignId: id }, 'WhatsApp does not know the media of a campaign any more');
    this.run(id, () => this.uploads.forget(senderId, [...media.ids.values()]));
    return true;
  }

  /** Resolves when nothing is being fetched or uploaded. */
  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private run(id: string, work: () => Promise<void>): void {
    const before = this.running.get(id) ?? Promise.resolve();
    const running = before
      .then(work)
      .catch((err: unknown) => {
        this.log.warn({ err, campaignId: id }, 'the media of a campaign was not prepared; it is tried again');
        this.remember(id, { kind: 'waiting', ms: troubleMs });
      })
      .finally(() => {
        if (this.running.get(id) === running) this.running.delete(id);
      });
    this.running.set(id, running);
  }

  private remember(id: string, state: MediaState): void {
    const forMs = state.kind === 'waiting' ? state.ms : freshMs;
    limit(this.states).set(id, { ...state, until: performance.now() + forMs });
  }

  private async prepare(campaign: CampaignWithMedia): Promise<MediaState> {
    const ids = new Map<string, string>();
    for (const source of campaign.sources) {
      const key = source.mediaId ?? source.mediaUrl ?? '';
      if (ids.has(key)) continue;
      const mediaId = source.mediaId ?? (await this.fetched(campaign, source));
      if (!mediaId) continue;
      const result = await this.uploads.upload(campaign, mediaId);
      if (result.kind === 'wait') return { kind: 'waiting', ms: result.ms };
      if (result.kind === 'uploaded') ids.set(key, result.whatsappId);
      else return { kind: 'refused', reason: result.reason };
    }
    return { kind: 'ready', media: { ids, isStale: false } };
  }

  /** The media at an address, as the campaign found it first; null if it goes by link. */
  private async fetched(
    { id, businessId, fetched }: CampaignWithMedia,
    { kind, mediaUrl = '' }: MediaSource,
  ): Promise<string | null> {
    const known = fetched[mediaUrl];
    if (known !== undefined) return known;
    const file = await this.fetcher.fetch(mediaUrl);
    const media =
      file && !unfitMedia({ type: file.type, bytes: file.content.length }, kind)
        ? await storeMedia(this.database, businessId, file.type, file.content)
        : undefined;
    const [row] = await rows<{ media_id: string | null }>(
      this.database,
      `/* keepFetched */ UPDATE campaigns SET
         fetched_media = jsonb_build_object($2::text, $3::text) || fetched_media,
         notices = CASE WHEN $3 IS NULL AND NOT fetched_media ? $2 THEN notices || $4::text ELSE notices END
       WHERE id = $1 RETURNING fetched_media ->> $2 AS media_id`,
      [id, mediaUrl, media?.id ?? null, byLink(mediaUrl)],
    );
    return row?.media_id ?? null;
  }
}

/** One sentence for every reason, so that it does not tell what answered at the address. */
function byLink(url: string): string {
  return `${url} could not be fetched as an image, video or document of a type and size that WhatsApp takes, so WhatsApp is given the address and fetches the media itself. Check that everybody can open the address, or upload the file`;
}

/** Makes room in a map whose first entry is the oldest. */
function limit<T>(map: Map<string, T>): Map<string, T> {
  if (map.size >= mostCampaigns) map.delete(map.keys().next().value as string);
  return map;
}
