/** The tabs of the playground when it is opened for the first time. */
export function examples(businessId: string) {
  return [
    {
      query: `# The businesses that your token gives access to.
# Copy an id into the variables of the next tab.
query Businesses {
  businesses {
    id
    name
    timezone
    defaultCountry
  }
}
`,
    },
    {
      query: `# Newest first. Copy a campaign's id into
# the variables of the next two tabs.
query Campaigns($businessId: ID!, $page: Int! = 1) {
  campaigns(businessId: $businessId, page: $page, limit: 20) {
    total
    campaigns {
      id
      campaignName
      status
      statusReason
      totalRecipients
      createdAt
      stats {
        sentCount
        deliveredCount
        deliveryRate
        clickRate
        conversionRate
      }
    }
  }
}
`,
      variables: variables({ businessId }),
    },
    {
      query: `# Starts sending. Running it again sends nothing twice.
mutation SendCampaign($campaignId: ID!) {
  sendCampaign(campaignId: $campaignId) {
    message
    status
    totalRecipients
  }
}
`,
      variables: variables({ campaignId: '' }),
    },
    {
      query: `# The current figures, then the latest whenever
# they change, until you press stop.
subscription CampaignStats($campaignId: ID!) {
  campaignStats(campaignId: $campaignId) {
    version
    status
    totalRecipients
    queuedCount
    sentCount
    deliveredCount
    readCount
    failedCount
    unconfirmedCount
    clickedCount
    convertedCount
    deliveryRate
    clickRate
    conversionRate
    duration
  }
}
`,
      variables: variables({ campaignId: '' }),
    },
  ];
}

function variables(values: Record<string, string>): string {
  return JSON.stringify(values, null, 2);
}
