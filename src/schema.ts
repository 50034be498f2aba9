import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { GraphQLSchema } from 'graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { GraphQLDateTime } from 'graphql-scalars';
import { buildSchemaSync } from 'type-graphql';
import { AccountsResolver } from './accounts/accounts.resolver';
import { checkAuthorization } from './accounts/authorization';
import { SenderResolver } from './accounts/sender.resolver';
import { AudienceResolver } from './audience/audience.resolver';
import { ContactConnectionResolver, ContactResolver } from './audience/contacts/contact.resolver';
import { OptOutConnectionResolver, OptOutsResolver } from './audience/opt-outs/opt-outs.resolver';
import { ImportConnectionResolver, ImportResolver } from './audience/import/import.resolver';
import { SegmentsResolver } from './audience/segments/segments.resolver';
import { CampaignResolver } from './campaigns/campaign.resolver';
import { DraftResolver } from './campaigns/drafts/draft.resolver';
import { PreviewResolver } from './campaigns/preview/preview.resolver';
import { ForecastResolver } from './campaigns/forecast/forecast.resolver';
import { SenderLimitResolver } from './campaigns/forecast/sender-limit.resolver';
import { FollowUpResolver } from './campaigns/follow-ups/follow-up.resolver';
import { HistoryResolver } from './campaigns/history/history.resolver';
import { ScheduleResolver } from './campaigns/schedule/schedule.resolver';
import { ReceivedResolver } from './campaigns/received/received.resolver';
import { ConsistencyResolver } from './consistency/consistency.resolver';
import { DeliveryControlResolver } from './delivery/control/delivery-control.resolver';
import { ErrorPolicyResolver } from './delivery/control/error-policy.resolver';
import { EraseResolver } from './delivery/erase/erase.resolver';
import { TestSendResolver } from './delivery/test-send/test-send.resolver';
import { ProductsResolver } from './catalog/products/products.resolver';
import { TemplateResolver } from './catalog/templates/template.resolver';
import { BehindTheFiguresResolver } from './stats/behind.resolver';
import {
  RecipientConnectionResolver,
  RecipientResolver,
  RecipientsResolver,
} from './stats/recipients/recipients.resolver';
import { StatsResolver } from './stats/stats.resolver';
import { WidgetResolver } from './stats/widget.resolver';
import { LinksResolver } from './tracking/links.resolver';
import { TrackingResolver } from './tracking/tracking.resolver';

/** The resolvers with their services, by class; only for printing the schema may they be missing. */
export type Resolvers = ReadonlyMap<unknown, object>;

export function createSchema(resolvers: Resolvers): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      AccountsResolver,
      SenderResolver,
      SenderLimitResolver,
      AudienceResolver,
      ContactResolver,
      ContactConnectionResolver,
      OptOutsResolver,
      OptOutConnectionResolver,
      SegmentsResolver,
      ImportResolver,
      ImportConnectionResolver,
      ProductsResolver,
      TemplateResolver,
      CampaignResolver,
      DraftResolver,
      PreviewResolver,
      ReceivedResolver,
      ForecastResolver,
      ScheduleResolver,
      HistoryResolver,
      FollowUpResolver,
      DeliveryControlResolver,
      ConsistencyResolver,
      ErrorPolicyResolver,
      EraseResolver,
      TestSendResolver,
      StatsResolver,
      WidgetResolver,
      BehindTheFiguresResolver,
      RecipientsResolver,
      RecipientConnectionResolver,
      RecipientResolver,
      LinksResolver,
      TrackingResolver,
    ],
    container: {
      get: (resolver: { name: string }) => {
        const instance = resolvers.get(resolver);
        if (!instance) throw new Error(`compose.ts does not construct ${resolver.name}`);
        return instance;
      },
    },
    authChecker: checkAuthorization,
    scalarsMap: [{ type: Date, scalar: GraphQLDateTime }],
    // services check their input and name the field
    validate: false,
    // asked for by TypeGraphQL as soon as there is a subscription; ours read from the hub instead (stats/hub.ts)
    pubSub: { publish: unused, subscribe: unused },
  });
}

function unused(): never {
  throw new Error('Subscriptions read from the hub');
}

/** `npm run schema` writes schema.graphql. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(createSchema(new Map())))}\n`;
}

if (require.main === module) writeFileSync(path.resolve(__dirname, '../schema.graphql'), schemaText());
