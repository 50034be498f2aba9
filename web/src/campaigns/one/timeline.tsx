import { useQuery } from '@apollo/client/react';
import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '../../format/use-format';
import { useBusiness } from '../../frame/business';
import { CampaignTimelineDocument } from '../../generated/graphql';
import type { TimelineBucket } from '../../generated/graphql';
import { useText } from '../../i18n/text';
import { DataTable } from '../../ui/data-table';
import { ErrorState } from '../../ui/error-state';
import { SkeletonRows } from '../../ui/skeleton-rows';
import styles from './campaign.module.css';
import type { Campaign } from './campaign-screen';
import { bucketFor, bucketMs, isShort, most, shapeOf } from './timeline-shape';
import type { Point } from './timeline-shape';
import chart from './timeline.module.css';
import { useReread } from './use-reread';

const rereadMs = 5000;
const width = 1000;
const height = 200;
const series = ['sent', 'delivered', 'read'] as const;
const buckets: TimelineBucket[] = ['MINUTE', 'HOUR', 'DAY'];

/** How the figures came about, with a mark for whatever was done to the campaign. */
export function Timeline({ campaign }: { campaign: Campaign }) {
  const say = useText();
  const { id, stats } = campaign;
  const [openedAt] = useState(Date.now);
  const start = stats.startedAt === null ? openedAt : Date.parse(stats.startedAt);
  const end = stats.completedAt === null ? openedAt : Date.parse(stats.completedAt);
  const [bucket, setBucket] = useState(() => bucketFor(end - start));
  const [listed, setListed] = useState(false);
  const { data, error, refetch } = useQuery(CampaignTimelineDocument, {
    variables: {
      id,
      bucket,
      from: new Date(start).toISOString(),
      to: new Date(start + most * bucketMs[bucket]).toISOString(),
    },
    fetchPolicy: 'cache-and-network',
  });
  useReread(stats.version, rereadMs, refetch);
  const points = data?.campaign.timeline;
  return (
    <section className={styles.section} aria-labelledby="timeline">
      <div className={styles.sectionHead}>
        <h2 id="timeline">{say('campaigns.one.timeline')}</h2>
        <NativeSelect
          aria-label={say('campaigns.one.bucket')}
          value={bucket}
          onChange={({ currentTarget }) =>
            setBucket(buckets.find((name) => name === currentTarget.value) ?? 'HOUR')
          }
        >
          {buckets.map((name) => (
            <option key={name} value={name}>
              {say('campaigns.one.bucketName', { bucket: name })}
            </option>
          ))}
        </NativeSelect>
      </div>
      {error && (
        <ErrorState
          title={say('campaigns.one.timelineFailed')}
          error={error}
          retry={() => void refetch().catch(() => undefined)}
        />
      )}
      {!points && !error && <SkeletonRows rows={3} />}
      {points?.length === 0 && (
        // The timeline is read less often than the figures.
        <p className="muted">
          {say(stats.sentCount > 0 ? 'campaigns.one.timelineSoon' : 'campaigns.one.noTimeline')}
        </p>
      )}
      {points && isShort(points, bucket) && <Rows points={points} />}
      {points && points.length > 0 && !isShort(points, bucket) && (
        <>
          <Chart points={points} bucket={bucket} campaign={campaign} />
          <div>
            <Button variant="subtle" aria-expanded={listed} onClick={() => setListed(!listed)}>
              {say('campaigns.one.asTable')}
            </Button>
          </div>
          {listed && <Rows points={points} />}
        </>
      )}
    </section>
  );
}

interface ChartProps {
  points: Point[];
  bucket: TimelineBucket;
  campaign: Campaign;
}

function Chart({ points, bucket, campaign: { history } }: ChartProps) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  const shape = shapeOf(points, bucket);
  if (!shape) return null;
  const { from, to, highest } = shape;
  const step = bucketMs[bucket];
  const inside = history.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) <= to);
  const time = (ms: number) => format.dayAndTime(new Date(ms).toISOString(), timezone);
  return (
    <figure className={chart.figure}>
      <figcaption className={chart.legend}>
        {series.map((name) => (
          <span key={name} data-series={name}>
            {say(`campaigns.one.figure.${name}`)}
          </span>
        ))}
        <span className={chart.highest}>{say('campaigns.one.highest', { count: highest, bucket })}</span>
      </figcaption>
      <div className={chart.plot}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={say('campaigns.one.chart', {
            from: time(from + step),
            to: time(to - step),
            highest,
            bucket,
          })}
        >
          {series.map((name) => (
            <polyline
              key={name}
              data-series={name}
              points={shape
                .line(name)
                .map(({ x, y }) => `${(x * width).toFixed(1)},${(4 + (1 - y) * (height - 8)).toFixed(1)}`)
                .join(' ')}
            />
          ))}
        </svg>
        {inside.map(({ at, action, actor }) => (
          <span
            key={`${at} ${action}`}
            className={chart.mark}
            style={{ left: `${shape.x(at) * 100}%` }}
            data-action={action}
            title={`${format.absolute(at, timezone)} ${say(`campaigns.one.did.${actor === null ? 'itself' : 'person'}`, { action, actor })}`}
          />
        ))}
      </div>
      <div className={chart.axis} aria-hidden="true">
        <span>{time(from + step)}</span>
        <span>{time(to - step)}</span>
      </div>
    </figure>
  );
}

function Rows({ points }: { points: Point[] }) {
  const say = useText();
  const format = useFormat();
  const { timezone } = useBusiness();
  return (
    <DataTable
      caption={say('campaigns.one.timeline')}
      rows={points}
      rowKey={({ at }) => at}
      columns={[
        { key: 'at', header: say('campaigns.time'), cell: ({ at }) => format.dayAndTime(at, timezone) },
        ...([...series, 'clicked'] as const).map((name) => ({
          key: name,
          header: say(`campaigns.one.figure.${name}`),
          numeric: true,
          cell: (point: Point) => format.count(point[name]),
        })),
        {
          key: 'failed',
          header: say('campaigns.one.part.failed'),
          numeric: true,
          cell: ({ failed }) => format.count(failed),
        },
      ]}
    />
  );
}
