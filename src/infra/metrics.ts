import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The metrics of a process. Labels hold names and codes, never people's data. */
export interface Metrics {
  readonly registry: Registry;
  /** Sends by outcome: accepted, refused, unknown, unreachable. */
  readonly sends: Counter<'outcome'>;
  /** Seconds by stage of sending, summed over batches that run at the same time. */
  readonly stageSeconds: Counter<'stage'>;
  /** Statuses received by webhook, by status. */
  readonly statuses: Counter<'status'>;
  readonly webhookSeconds: Histogram;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'dakiya_' });
  return {
    registry,
    sends: new Counter({
      name: 'dakiya_sends_total',
      help: 'Messages posted to WhatsApp, by outcome',
      labelNames: ['outcome'],
      registers: [registry],
    }),
    stageSeconds: new Counter({
      name: 'dakiya_send_stage_seconds_total',
      help: 'Seconds spent in each stage of sending, summed over batches that run at the same time',
      labelNames: ['stage'],
      registers: [registry],
    }),
    statuses: new Counter({
      name: 'dakiya_statuses_total',
      help: 'Statuses received by webhook, by status',
      labelNames: ['status'],
      registers: [registry],
    }),
    webhookSeconds: new Histogram({
      name: 'dakiya_webhook_seconds',
      help: 'Time from the request to the answer of a webhook, in seconds',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
  };
}

/** Runs one stage of sending and counts its time. */
export async function timeStage<T>(metrics: Metrics, stage: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    metrics.stageSeconds.inc({ stage }, (performance.now() - start) / 1000);
  }
}
