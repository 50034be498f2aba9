import type { DataSource } from 'typeorm';
import { AccountsResolver } from './accounts/accounts.resolver';
import { AccountsService } from './accounts/accounts.service';
import { MessagingLimits } from './accounts/messaging-limit';
import { SenderHealth } from './accounts/sender-health';
import { SenderTest } from './accounts/sender-test';
import { SenderResolver } from './accounts/sender.resolver';
import { createAuthenticator } from './accounts/token';
import { WidgetReader, WidgetTokens } from './accounts/widget-token';
import { WebhookRefusals } from './accounts/webhook-refusals';
import { webhookPath } from './accounts/webhook-setup';
import { AudienceResolver } from './audience/audience.resolver';
import { AudienceService } from './audience/audience.service';
import { ContactConnectionResolver, ContactResolver } from './audience/contacts/contact.resolver';
import { ContactService } from './audience/contacts/contact.service';
import { optedOutLoader } from './audience/opt-outs/opted-out-loader';
import type { ContactContext } from './audience/opt-outs/opted-out-loader';
import { OptOutConnectionResolver, OptOutsResolver } from './audience/opt-outs/opt-outs.resolver';
import { OptOutsService } from './audience/opt-outs/opt-outs.service';
import { importRoutes } from './audience/import/import.http';
import { ImportConnectionResolver, ImportResolver } from './audience/import/import.resolver';
import type { ImportContext } from './audience/import/import.resolver';
import { ImportService } from './audience/import/import.service';
import { ImportWorker } from './audience/import/import-worker';
import { ImportReceiver } from './audience/import/receive';
import { SegmentsResolver } from './audience/segments/segments.resolver';
import { SegmentsService } from './audience/segments/segments.service';
import { CampaignResolver } from './campaigns/campaign.resolver';
import { CampaignService } from './campaigns/campaign.service';
import { DraftAudience } from './campaigns/drafts/draft-audience';
import { DraftChecks } from './campaigns/drafts/draft-checks';
import { DraftResolver } from './campaigns/drafts/draft.resolver';
import { DraftService } from './campaigns/drafts/draft.service';
import { ForecastResolver } from './campaigns/forecast/forecast.resolver';
import { ForecastService } from './campaigns/forecast/forecast.service';
import { SenderLimitResolver } from './campaigns/forecast/sender-limit.resolver';
import { readRateCard } from './campaigns/forecast/rate-card';
import { PreviewResolver } from './campaigns/preview/preview.resolver';
import { PreviewService } from './campaigns/preview/preview.service';
import { ReceivedResolver } from './campaigns/received/received.resolver';
import { ReceivedService } from './campaigns/received/received.service';
import { FollowUpResolver } from './campaigns/follow-ups/follow-up.resolver';
import { FollowUpService } from './campaigns/follow-ups/follow-up.service';
import { HistoryResolver } from './campaigns/history/history.resolver';
import { ScheduleResolver } from './campaigns/schedule/schedule.resolver';
import { ScheduleService } from './campaigns/schedule/schedule.service';
import { ConsistencyService } from './consistency/consistency.service';
import { ConsistencyResolver } from './consistency/consistency.resolver';
import { ErrorPolicyResolver } from './delivery/control/error-policy.resolver';
import { EraseResolver } from './delivery/erase/erase.resolver';
import { EraseService } from './delivery/erase/erase.service';
import { TestMessageService } from './delivery/test-send/test-message.service';
import { TestSendResolver } from './delivery/test-send/test-send.resolver';
import { TestSendService } from './delivery/test-send/test-send.service';
import { CatalogService } from './catalog/catalog.service';
import { MediaFetcher } from './catalog/media/fetch-media';
import { mediaRoutes } from './catalog/media/media.http';
import { MediaUploads } from './catalog/media/uploads';
import { ProductsResolver } from './catalog/products/products.resolver';
import { ProductsService } from './catalog/products/products.service';
import { TemplateResolver } from './catalog/templates/template.resolver';
import { TemplateService } from './catalog/templates/template.service';
import type { Config } from './config';
import { confirmArrival } from './delivery/settle/confirm-arrival';
import { Dispatcher } from './delivery/send/dispatcher';
import { SendLoop } from './delivery/send/send-loop';
import { DeliveryQueue, startWorker } from './delivery/queue';
import { insertRecipients, Materialiser } from './delivery/materialise';
import { CampaignMedia } from './delivery/send/campaign-media';
import { CampaignRoutes } from './delivery/send/campaign-routes';
import { RateLimiter } from './delivery/send/rate-limiter';
import { MessagePoster } from './delivery/send/send-message';
import { DeliveryControlResolver } from './delivery/control/delivery-control.resolver';
import { DeliveryControlService } from './delivery/control/delivery-control.service';
import { CampaignStarter } from './delivery/control/start';
import { ProgressReader } from './delivery/control/progress';
import type { DeliveryContext } from './delivery/control/progress';
import { Requeuer } from './delivery/control/requeue';
import { Throughput } from './delivery/send/throughput';
import { HeldClaims } from './delivery/send/held-claims';
import { Consequences } from './delivery/settle/consequences';
import { SettleAnswers } from './delivery/settle/settle-answers';
import { ScheduleRunner } from './delivery/sweep/schedules';
import { SenderWatch } from './delivery/sweep/sender-watch';
import { Sweep } from './delivery/sweep/sweep';
import { AccountChanges } from './delivery/webhook/account-changes';
import { WebhookIntake } from './delivery/webhook/intake';
import { RestrictedCampaigns } from './delivery/webhook/restricted-campaigns';
import { TemplateChanges } from './delivery/webhook/template-changes';
import { TemplatePauses } from './delivery/webhook/template-pauses';
import { webhookReceiver, webhookRoutes } from './delivery/webhook/webhook.http';
import { entities } from './entities';
import { connectDatabase, createDatabase } from './infra/database';
import { armFailpoints } from './infra/failpoint';
import { healthRoutes, serveHealth } from './infra/health';
import type { HealthOptions } from './infra/health';
import { createHttpServer } from './infra/http/server';
import type { Log } from './infra/log';
import { createMetrics } from './infra/metrics';
import type { Metrics } from './infra/metrics';
import { connectRedis, whenReady } from './infra/redis';
import { createSchema } from './schema';
import { BehindTheFiguresResolver } from './stats/behind.resolver';
import {
  RecipientConnectionResolver,
  RecipientResolver,
  RecipientsResolver,
} from './stats/recipients/recipients.resolver';
import { exportRoutes } from './stats/recipients/export.http';
import { RecipientsService } from './stats/recipients/recipients.service';
import { DeltaPubSub } from './stats/pubsub';
import { BusinessHub } from './stats/business-hub';
import { StatsHub } from './stats/hub';
import { StatsResolver } from './stats/stats.resolver';
import type { StatsContext } from './stats/stats.resolver';
import { WidgetResolver } from './stats/widget.resolver';
import { Clicks } from './tracking/clicks';
import { Conversions } from './tracking/conversions';
import { trackingRoutes } from './tracking/tracking.http';
import { LinksResolver } from './tracking/links.resolver';
import { TrackingResolver } from './tracking/tracking.resolver';
import { WhatsAppClient } from './whatsapp/client';

/** A role that runs until it is stopped. */
export interface Running {
  /** The port it listens on; a worker without WORKER_PORT listens on none. */
  port?: number;
  metrics: Metrics;
  stop(): Promise<void>;
}

/** A data source for a role: `jobs` may take a minute for a statement, requests five seconds. */
export function databaseOf(config: Config, log: Log, use: 'requests' | 'jobs'): DataSource {
  return createDatabase({
    url: need(config.databaseUrl, 'DATABASE_URL'),
    entities,
    poolSize: use === 'jobs' ? config.delivery.concurrency + 8 : 20,
    statementTimeoutMs: use === 'jobs' ? 60_000 : 5_000,
    log,
  });
}

/** The api role. It listens at once; while PostgreSQL or Redis is away it answers SERVICE_UNAVAILABLE. */
export async function startApi(config: Config, log: Log): Promise<Running> {
  armFailpoints(config.failpoints);
  const card = readRateCard(config.rateCard);
  const { publicUrl, redisPrefix: prefix } = config;
  const stopping = new AbortController();
  const metrics = createMetrics();
  const database = databaseOf(config, log, 'requests');
  const redis = connectRedis(need(config.redisUrl, 'REDIS_URL'), 'commands', log);
  const subscriber = connectRedis(need(config.redisUrl, 'REDIS_URL'), 'pubsub', log);
  const deltas = new DeltaPubSub({
    publisher: redis,
    subscriber,
    prefix,
    onError: (err) => log.debug({ err }, 'a delta was not published'),
  });
  const { publish } = deltas;
  const whatsapp = new WhatsAppClient({ ...config.whatsapp, connections: 8 });
  const queue = new DeliveryQueue(redis, prefix, (err) => log.debug({ err }, 'queue error'));

  const authenticate = createAuthenticator(config.jwt);
  const widgets = new WidgetTokens(config.encryptionKey);
  const accounts = new AccountsService(database, config.encryptionKey);
  const audiences = new AudienceService(database);
  const segments = new SegmentsService(database);
  const contacts = new ContactService(database, accounts);
  const imports = new ImportService(database);
  const receiver = new ImportReceiver(database, log);
  const pauses = new TemplatePauses(database, publish, log);
  const catalog = new CatalogService(database, accounts, whatsapp, (read) => pauses.afterRead(read));
  const templates = new TemplateService(database, accounts, catalog, whatsapp, publicUrl);
  const campaigns = new CampaignService(database, accounts, catalog, { publicUrl });
  const checks = new DraftChecks(accounts, audiences, catalog, publicUrl);
  const people = new DraftAudience(database, audiences, catalog);
  const drafts = new DraftService(database, campaigns, accounts, people, checks, insertRecipients);
  const health = new SenderHealth(database, accounts, whatsapp, log);
  const senderTest = new SenderTest(database, accounts, health, whatsapp, publicUrl + webhookPath);
  const limits = new MessagingLimits(database, accounts, whatsapp, log);
  const forecasts = new ForecastService(database, accounts, people, limits, card);
  const schedules = new ScheduleService(database, accounts, campaigns, audiences, forecasts, publish, log);
  const starter = new CampaignStarter(database, campaigns, audiences, publish);
  const control = new DeliveryControlService(
    database,
    campaigns,
    starter,
    forecasts,
    card,
    queue,
    publish,
    log,
  );
  const rateLimiter = new RateLimiter(redis, prefix);
  const throughput = new Throughput(redis, prefix);
  const tests = new TestSendService(database, accounts, campaigns, contacts, whatsapp, rateLimiter, {
    publicUrl,
    log,
    uploads: new MediaUploads(database, whatsapp),
  });
  const testMessages = new TestMessageService(database, accounts, catalog, whatsapp, rateLimiter, {
    publicUrl,
    log,
  });
  const progress = new ProgressReader(database, rateLimiter, throughput, log);
  const hub = new StatsHub(database, deltas, log);
  const businessHub = new BusinessHub(database, deltas, log);
  const consequences = new Consequences(database, rateLimiter, throughput, queue, publish, log);
  const changes = new TemplateChanges(database, catalog, accounts, pauses, log);
  const ofAccounts = new AccountChanges(database, new RestrictedCampaigns(database, publish, log));
  const refusals = new WebhookRefusals(database, log);
  const intake = new WebhookIntake(
    database,
    consequences,
    publish,
    changes,
    ofAccounts,
    card,
    config.delivery,
    metrics,
    log,
  );
  const clicks = new Clicks(database, publish, confirmArrival);
  const conversions = new Conversions(database, publish, confirmArrival, log);

  const schema = createSchema(
    new Map<unknown, object>([
      [AccountsResolver, new AccountsResolver(accounts)],
      [
        SenderResolver,
        new SenderResolver(accounts, health, senderTest, {
          publicUrl,
          verifyToken: config.whatsapp.verifyToken,
        }),
      ],
      [SenderLimitResolver, new SenderLimitResolver(database)],
      [AudienceResolver, new AudienceResolver(audiences, accounts)],
      [ContactResolver, new ContactResolver(contacts)],
      [ContactConnectionResolver, new ContactConnectionResolver()],
      [OptOutsResolver, new OptOutsResolver(new OptOutsService(database, accounts))],
      [OptOutConnectionResolver, new OptOutConnectionResolver()],
      [SegmentsResolver, new SegmentsResolver(segments, accounts)],
      [ImportResolver, new ImportResolver(imports, accounts)],
      [ImportConnectionResolver, new ImportConnectionResolver(imports)],
      [ProductsResolver, new ProductsResolver(new ProductsService(database), accounts)],
      [TemplateResolver, new TemplateResolver(catalog, templates, accounts, publicUrl)],
      [CampaignResolver, new CampaignResolver(campaigns)],
      [DraftResolver, new DraftResolver(drafts, people, campaigns)],
      [PreviewResolver, new PreviewResolver(new PreviewService(accounts, contacts, catalog, publicUrl))],
      [ForecastResolver, new ForecastResolver(forecasts)],
      [ScheduleResolver, new ScheduleResolver(schedules)],
      [HistoryResolver, new HistoryResolver(database)],
      [FollowUpResolver, new FollowUpResolver(new FollowUpService(database, campaigns, segments, drafts))],
      [ReceivedResolver, new ReceivedResolver(new ReceivedService(database))],
      [EraseResolver, new EraseResolver(new EraseService(database, contacts, log))],
      [TestSendResolver, new TestSendResolver(tests, testMessages)],
      [DeliveryControlResolver, new DeliveryControlResolver(control)],
      [ConsistencyResolver, new ConsistencyResolver(new ConsistencyService(database))],
      [ErrorPolicyResolver, new ErrorPolicyResolver()],
      [StatsResolver, new StatsResolver(campaigns)],
      [WidgetResolver, new WidgetResolver(campaigns, widgets)],
      [BehindTheFiguresResolver, new BehindTheFiguresResolver(database, accounts)],
      [RecipientsResolver, new RecipientsResolver(new RecipientsService(database, accounts))],
      [RecipientConnectionResolver, new RecipientConnectionResolver()],
      [RecipientResolver, new RecipientResolver()],
      [LinksResolver, new LinksResolver(database, catalog, publicUrl)],
      [TrackingResolver, new TrackingResolver(conversions, accounts)],
    ]),
  );
  const http = await createHttpServer({
    schema,
    // the plain paths take `authenticate` itself, for which a widget token is none
    authenticate: async (given) => (await widgets.read(given)) ?? (await authenticate(given)),
    context: (caller): StatsContext & DeliveryContext & ContactContext & ImportContext => ({
      ...(caller instanceof WidgetReader ? { viewer: undefined, widget: caller } : { viewer: caller }),
      progress: progress.loader(),
      optedOut: optedOutLoader(database),
      watchStats: async (watcher, id) => hub.watch((await campaigns.campaignToRead(watcher, id)).id),
      watchBusinessStats: async (watcher, id) => businessHub.watch((await accounts.business(watcher, id)).id),
      watchImport: (watcher, id) => imports.watchImport(watcher, id),
    }),
    routes: [
      healthRoutes(healthOf(config, { database, redis, metrics })),
      webhookRoutes(config.whatsapp, refusals),
      trackingRoutes(clicks, conversions, accounts, authenticate),
      importRoutes(receiver, imports, accounts, authenticate),
      exportRoutes(database, campaigns, accounts, authenticate),
      mediaRoutes(database, accounts, authenticate),
    ],
    intercept: webhookReceiver(intake, config.whatsapp, refusals, metrics, log),
    introspection: config.introspection,
    publicUrl,
    log,
  });

  const connecting = connectDatabase(database, log, stopping.signal);
  const port = await http.listen(config.port);
  log.info({ port }, 'api listens');
  return {
    port,
    metrics,
    stop: async () => {
      stopping.abort();
      hub.close();
      businessHub.close();
      imports.close();
      await http.close();
      await connecting;
      await queue.close();
      whatsapp.close();
      await Promise.all([disconnect(redis), disconnect(subscriber)]);
      if (database.isInitialized) await database.destroy();
    },
  };
}

/** The worker role: runs the jobs of the delivery, imports and the sweep. Waits for its dependencies. */
export async function startWorkerRole(config: Config, log: Log): Promise<Running> {
  armFailpoints(config.failpoints);
  const card = readRateCard(config.rateCard);
  const { publicUrl, redisPrefix: prefix } = config;
  const stopping = new AbortController();
  const metrics = createMetrics();
  const database = databaseOf(config, log, 'jobs');
  const redis = connectRedis(need(config.redisUrl, 'REDIS_URL'), 'commands', log);
  const blocking = connectRedis(need(config.redisUrl, 'REDIS_URL'), 'blocking', log);
  const { publish } = new DeltaPubSub({
    publisher: redis,
    subscriber: redis,
    prefix,
    onError: (err) => log.debug({ err }, 'a delta was not published'),
  });
  const queue = new DeliveryQueue(redis, prefix, (err) => log.debug({ err }, 'queue error'));
  // with answers after 250 ms: 1,600 messages a second, 800 of one sender; more workers have more
  const connections = 400;
  const whatsapp = new WhatsAppClient({
    ...config.whatsapp,
    connections,
  });

  const accounts = new AccountsService(database, config.encryptionKey);
  const audiences = new AudienceService(database);
  const pauses = new TemplatePauses(database, publish, log);
  const catalog = new CatalogService(database, accounts, whatsapp, (read) => pauses.afterRead(read));
  const campaigns = new CampaignService(database, accounts, catalog, { publicUrl });
  const materialiser = new Materialiser(database, audiences, queue, publish, card);
  const rateLimiter = new RateLimiter(redis, prefix);
  const throughput = new Throughput(redis, prefix);
  const consequences = new Consequences(database, rateLimiter, throughput, queue, publish, log);
  const held = new HeldClaims();
  const answers = new SettleAnswers(database, held, consequences, metrics, log);
  const fetcher = new MediaFetcher(config.mediaAllowedHosts);
  const media = new CampaignMedia(database, fetcher, new MediaUploads(database, whatsapp), log);
  const routes = new CampaignRoutes(database, whatsapp, log);
  const poster = new MessagePoster(whatsapp, media, routes, metrics, config.delivery);
  const sendLoop = new SendLoop(database, rateLimiter, poster, held, answers, metrics, log, { connections });
  const dispatcher = new Dispatcher(
    database,
    accounts,
    { media, routes },
    rateLimiter,
    sendLoop,
    publish,
    metrics,
    log,
    { ...config.delivery, publicUrl },
  );
  const requeuer = new Requeuer(database, queue, publish);
  const imports = new ImportWorker(database, log);
  const starter = new CampaignStarter(database, campaigns, audiences, publish);
  const schedules = new ScheduleRunner(database, starter, audiences, queue, publish, log);
  const sweep = new Sweep(database, queue, publish, config.delivery.unconfirmedAfterMs, log);

  const watch = new SenderWatch(
    database,
    new SenderHealth(database, accounts, whatsapp, log),
    new RestrictedCampaigns(database, publish, log),
    log,
  );

  // before the dependencies are there: /readyz says which one is missing
  const health =
    config.workerPort === undefined
      ? undefined
      : await serveHealth(config.workerPort, healthOf(config, { database, redis, metrics }));
  await connectDatabase(database, log, stopping.signal);
  await whenReady(redis, 2000);
  const worker = startWorker(
    {
      materialise: (id) => materialiser.materialise(id),
      send: (id) => dispatcher.claimBatches(id),
      requeue: (id) => requeuer.requeueSet(id),
    },
    { connection: blocking, prefix, concurrency: config.delivery.concurrency, log },
  );
  sweep.start();
  schedules.start();
  watch.start();
  imports.start();
  log.info({ port: health?.port }, 'worker runs');
  return {
    metrics,
    ...(health ? { port: health.port } : {}),
    stop: async () => {
      stopping.abort();
      await Promise.all([
        sweep.stop(),
        schedules.stop(),
        watch.stop(),
        imports.stop(),
        worker.close(),
        health?.close(),
      ]);
      await sendLoop.drain();
      await fetcher.close();
      whatsapp.close();
      await media.idle();
      await routes.idle();
      await queue.close();
      await Promise.all([disconnect(redis), disconnect(blocking)]);
      if (database.isInitialized) await database.destroy();
    },
  };
}

function healthOf(
  { metricsToken, production }: Config,
  dependencies: Pick<HealthOptions, 'database' | 'redis' | 'metrics'>,
): HealthOptions {
  return { ...dependencies, metricsToken, production };
}

function need(url: string | undefined, name: string): string {
  if (!url) throw new Error(`${name} is not set`);
  return url;
}

/** Closes the connection in order (QUIT) if it is open, else at once. */
async function disconnect(redis: ReturnType<typeof connectRedis>): Promise<void> {
  if (redis.status === 'ready') await redis.quit().catch(() => undefined);
  else redis.disconnect();
}
